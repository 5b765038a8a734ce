package io.gramme.server.operation;

import io.gramme.api.TransactWriteItem;
import io.gramme.api.TransactWriteItemsInput;
import io.gramme.api.TransactWriteItemsOutput;
import io.gramme.tables.access.Terms;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.table.PinnedTables;
import io.gramme.tables.table.Tables;
import io.gramme.tables.transaction.RequestToken;
import io.gramme.tables.transaction.TransactionResult;
import io.gramme.tables.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** TransactWriteItems: up to 100 actions on items of one or more tables, all or none. */
public final class TransactWriteItems implements Handler<TransactWriteItemsInput, TransactWriteItemsOutput> {
    private final Tables tables;
    private final Transactions transactions;

    public TransactWriteItems(Tables tables, Transactions transactions) {
        this.tables = tables;
        this.transactions = transactions;
    }

    @Override
    public TransactWriteItemsOutput handle(TransactWriteItemsInput request, RequestContext context) {
        List<TransactionAction> actions = plan(request, context);
        try (PinnedTables uses = tables.useAll(context.accountRegion(), TransactionAction.tables(actions))) {
            List<ItemWrite> writes = TransactionAction.writes(actions, uses);
            TransactionResult done = transactions.write(context.caller(), writes, token(request, context));
            return TransactWriteItemsOutput.builder()
                    .consumedCapacity(
                            Capacities.of(TransactionAction.consumed(writes, done), request.returnConsumedCapacity()))
                    .itemCollectionMetrics(CollectionMetrics.of(
                            actions.stream().map(TransactionAction::table).toList(),
                            writes,
                            done instanceof TransactionResult.Applied(var changes) ? changes : List.of(),
                            request.returnItemCollectionMetrics()))
                    .build();
        }
    }

    /** Runs the checks that need no table: all of one action before the next. */
    private static List<TransactionAction> plan(TransactWriteItemsInput request, RequestContext context) {
        var actions = new ArrayList<TransactionAction>();
        Terms terms = RequestTerms.of(request);
        for (TransactWriteItem wanted : request.transactItems()) {
            TransactionActions.requireOne(wanted);
            Parameters.raiseInOlderWords(context.faults(), "TransactItems", actions.size());
            actions.add(TransactionActions.bind(wanted, terms));
        }
        return actions;
    }

    private static Optional<RequestToken> token(TransactWriteItemsInput request, RequestContext context) {
        return request.clientRequestToken()
                .map(text -> new RequestToken(
                        context.accountRegion(),
                        RequestToken.Scope.ITEMS,
                        text,
                        Fingerprint.of(request.transactItems())));
    }
}
