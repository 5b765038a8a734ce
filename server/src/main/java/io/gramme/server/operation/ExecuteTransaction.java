package io.gramme.server.operation;

import io.gramme.api.ExecuteTransactionInput;
import io.gramme.api.ExecuteTransactionOutput;
import io.gramme.api.ItemResponse;
import io.gramme.api.ParameterizedStatement;
import io.gramme.api.ReturnValuesOnConditionCheckFailure;
import io.gramme.core.bytes.Utf8;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.core.partiql.KeyPlan;
import io.gramme.core.partiql.Statement;
import io.gramme.core.partiql.Statements;
import io.gramme.storage.Consistency;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.CancellationCollector;
import io.gramme.tables.item.CheckAction;
import io.gramme.tables.item.ItemAction;
import io.gramme.tables.item.ItemStore.ItemKey;
import io.gramme.tables.item.ItemStore.Snapshot;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.WriteCondition;
import io.gramme.tables.table.PinnedTables;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import io.gramme.tables.transaction.RequestToken;
import io.gramme.tables.transaction.TransactionResult;
import io.gramme.tables.transaction.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * ExecuteTransaction: runs up to 100 PartiQL statements that each read one item, or that each write or check one, all
 * or none.
 */
public final class ExecuteTransaction implements Handler<ExecuteTransactionInput, ExecuteTransactionOutput> {
    private final Tables tables;
    private final Transactions transactions;

    public ExecuteTransaction(Tables tables, Transactions transactions) {
        this.tables = tables;
        this.transactions = transactions;
    }

    /** @param index its position in the request, which error messages show */
    private record Member(int index, ParameterizedStatement given, Statement statement) {

        /** An error of the statement itself: the answer to the whole request, and not a cancellation reason. */
        ApiException refused(ApiException fault) {
            return PartiqlErrors.inTransaction(fault, index);
        }

        boolean showsItem() {
            return given.returnValuesOnConditionCheckFailure()
                    .filter(ReturnValuesOnConditionCheckFailure.ALL_OLD::equals)
                    .isPresent();
        }

        long bytes() {
            return Utf8.length(given.statement())
                    + given.parameters().orElse(List.of()).stream()
                            .mapToLong(ItemSize::of)
                            .sum();
        }
    }

    @Override
    public ExecuteTransactionOutput handle(ExecuteTransactionInput request, RequestContext context) {
        List<Member> members = read(request.transactStatements(), context);
        List<String> names =
                members.stream().map(member -> member.statement().table()).toList();
        context.trace().tables(names);
        boolean reads = reads(members);
        try (PinnedTables uses = tables.useAll(context.accountRegion(), names)) {
            return reads ? readAll(members, uses, request, context) : writeAll(members, uses, request, context);
        }
    }

    /** Runs the checks that need no table: all of one statement before the next. */
    private static List<Member> read(List<ParameterizedStatement> statements, RequestContext context) {
        var members = new ArrayList<Member>(statements.size());
        for (int i = 0; i < statements.size(); i++) {
            Parameters.raiseInOlderWords(context.faults(), "TransactStatements", i);
            ParameterizedStatement given = statements.get(i);
            List<Value> parameters = given.parameters().orElse(List.of());
            try {
                Statement statement = Statements.read(given.statement(), parameters);
                requireAllowed(statement);
                members.add(new Member(i, given, statement));
            } catch (ApiException fault) {
                throw PartiqlErrors.inTransaction(fault, i);
            }
        }
        return members;
    }

    private static void requireAllowed(Statement statement) {
        boolean returns = switch (statement) {
            case Statement.Update update -> update.returning().isPresent();
            case Statement.Delete delete -> delete.returning().isPresent();
            case Statement.Select _, Statement.Insert _, Statement.Exists _ -> false;
        };
        if (returns) {
            throw PartiqlErrors.returningInTransaction();
        }
        if (statement instanceof Statement.Select select && select.index().isPresent()) {
            throw PartiqlErrors.indexInTransaction();
        }
        if (statement instanceof Statement.Exists(var select) && select.index().isPresent()) {
            throw PartiqlErrors.existsOfIndex();
        }
    }

    /** Whether all of the statements read; EXISTS counts as a statement that writes. */
    private static boolean reads(List<Member> members) {
        long reads = members.stream()
                .filter(member -> member.statement() instanceof Statement.Select)
                .count();
        if (reads > 0 && reads < members.size()) {
            throw PartiqlErrors.mixedTransaction();
        }
        return reads > 0;
    }

    private ExecuteTransactionOutput readAll(
            List<Member> members, PinnedTables uses, ExecuteTransactionInput request, RequestContext context) {
        Terms terms = RequestTerms.of(request);
        List<ItemKey> keys = CancellationCollector.upToFirst(members, member -> key(member, uses, context, terms));
        TransactGetItems.requireDistinct(keys);
        Snapshot read = transactions.read(keys);
        List<Optional<Item>> items = read.items();
        TransactGetItems.requireFits(items);
        read.payment().run();
        var responses = new ArrayList<ItemResponse>(items.size());
        var consumed = new LinkedHashMap<Table, Consumption>();
        for (int i = 0; i < items.size(); i++) {
            Statement.Select select = select(members.get(i));
            // Unlike TransactGetItems (the guide): an item of which nothing is shown is shown as an empty one.
            responses.add(ItemResponse.builder()
                    .item(SingleReads.shown(items.get(i), select))
                    .build());
            consumed.computeIfAbsent(uses.table(select.table()), Consumption::ofTransactionalReads)
                    .addRead(items.get(i), Consistency.STRONG);
        }
        return ExecuteTransactionOutput.builder()
                .responses(responses)
                .consumedCapacity(Capacities.of(consumed.values(), request.returnConsumedCapacity()))
                .build();
    }

    private static ItemKey key(Member member, PinnedTables uses, RequestContext context, Terms terms) {
        Statement.Select select = select(member);
        Table table = uses.table(select.table());
        var plan = new KeyPlan(table.key());
        if (!plan.isOne(select.where())) {
            throw member.refused(PartiqlErrors.selectInTransactionWithoutKey());
        }
        KeyPlan.One one = plan.one(select.where());
        if (one.condition().isPresent()) {
            throw member.refused(PartiqlErrors.selectInTransactionWithoutKey());
        }
        SingleReads.requireFits(table, select, one);
        return new ItemKey(SingleReads.intent(context.caller(), select, terms), table, one.key());
    }

    private static Statement.Select select(Member member) {
        if (member.statement() instanceof Statement.Select select) {
            return select;
        }
        throw new IllegalStateException("statement=" + member.index());
    }

    private ExecuteTransactionOutput writeAll(
            List<Member> members, PinnedTables uses, ExecuteTransactionInput request, RequestContext context) {
        TransactionAction.requireFits(members.stream().mapToLong(Member::bytes).sum());
        List<ItemWrite> writes = CancellationCollector.upToFirst(members, member -> {
            return write(member, uses.table(member.statement().table()))
                    .under(() -> RequestTerms.of(
                            RequestTerms.of(request),
                            member.statement(),
                            member.given().returnValuesOnConditionCheckFailure()));
        });
        TransactionAction.requireDistinct(writes);
        TransactionResult done = transactions.write(context.caller(), writes, token(request, context));
        return ExecuteTransactionOutput.builder()
                .responses(List.of())
                .consumedCapacity(
                        Capacities.of(TransactionAction.consumed(writes, done), request.returnConsumedCapacity()))
                .build();
    }

    private static ItemWrite write(Member member, Table table) {
        return switch (member.statement()) {
            case Statement.Write write -> StatementActions.write(write, table, member.showsItem());
            case Statement.Exists(var select) ->
                check(member, select, table).on(table).as(Action.PARTIQL_SELECT);
            case Statement.Select _ -> throw new IllegalStateException("statement=" + member.index());
        };
    }

    private static ItemAction check(Member member, Statement.Select select, Table table) {
        var plan = new KeyPlan(table.key());
        if (!plan.isOne(select.where())) {
            throw member.refused(PartiqlErrors.existsWithoutCondition());
        }
        KeyPlan.One one = plan.one(select.where());
        if (one.condition().isEmpty()) {
            throw member.refused(PartiqlErrors.existsWithoutCondition());
        }
        Condition found = StatementActions.there(table.key(), one.condition());
        return new CheckAction(one.key(), new WriteCondition(Optional.of(found), member.showsItem()));
    }

    private static Optional<RequestToken> token(ExecuteTransactionInput request, RequestContext context) {
        return request.clientRequestToken()
                .map(text -> new RequestToken(
                        context.accountRegion(),
                        RequestToken.Scope.STATEMENTS,
                        text,
                        Fingerprint.ofStatements(request.transactStatements())));
    }
}
