package io.gramme.server.operation;

import io.gramme.api.BatchExecuteStatementInput;
import io.gramme.api.BatchExecuteStatementOutput;
import io.gramme.api.BatchStatementError;
import io.gramme.api.BatchStatementErrorCodeEnum;
import io.gramme.api.BatchStatementRequest;
import io.gramme.api.BatchStatementResponse;
import io.gramme.api.ReturnValuesOnConditionCheckFailure;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.item.Item;
import io.gramme.core.partiql.KeyPlan;
import io.gramme.core.partiql.Statement;
import io.gramme.core.partiql.Statements;
import io.gramme.server.permission.Gate;
import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.tables.access.Terms;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.Rows;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * BatchExecuteStatement: up to 25 statements that each read one item, or that each write one. Each succeeds or fails
 * independently; only an error of the batch itself fails all of them.
 */
public final class BatchExecuteStatement implements Handler<BatchExecuteStatementInput, BatchExecuteStatementOutput> {
    private final Tables tables;
    private final ItemStore items;
    private final Gate gate;

    public BatchExecuteStatement(Tables tables, ItemStore items, Gate gate) {
        this.gate = gate;
        this.tables = tables;
        this.items = items;
    }

    @Override
    public BatchExecuteStatementOutput handle(BatchExecuteStatementInput request, RequestContext context) {
        List<Attempt<Statement>> statements = IntStream.range(
                        0, request.statements().size())
                .mapToObj(i -> Attempt.at(() -> {
                    Parameters.raiseInOlderWords(context.faults(), "Statements", i);
                    return read(request.statements().get(i));
                }))
                .toList();
        context.trace()
                .tables(statements.stream()
                        .flatMap(attempt -> attempt.result().stream())
                        .map(Statement::table)
                        .toList());
        requireOneKind(statements);
        try (var batch = new Batch(context, RequestTerms.of(request))) {
            List<Attempt<Member>> members = new ArrayList<>();
            for (int i = 0; i < statements.size(); i++) {
                BatchStatementRequest given = request.statements().get(i);
                members.add(statements.get(i).then(statement -> batch.member(statement, given)));
            }
            requireDistinct(members);
            return BatchExecuteStatementOutput.builder()
                    .responses(members.stream().map(batch::response).toList())
                    .consumedCapacity(Capacities.of(batch.consumptions.values(), request.returnConsumedCapacity()))
                    .build();
        }
    }

    private static Statement read(BatchStatementRequest given) {
        Statement statement =
                Statements.read(given.statement(), given.parameters().orElse(List.of()));
        if (statement instanceof Statement.Exists) {
            throw PartiqlErrors.existsOutsideTransaction();
        }
        return statement;
    }

    /** Statements that fail to parse are of neither kind. */
    private static void requireOneKind(List<Attempt<Statement>> statements) {
        long reads = statements.stream()
                .filter(attempt -> attempt.result()
                        .filter(Statement.Select.class::isInstance)
                        .isPresent())
                .count();
        long writes = statements.stream()
                .filter(attempt -> attempt.result()
                        .filter(Statement.Write.class::isInstance)
                        .isPresent())
                .count();
        if (reads > 0 && writes > 0) {
            throw PartiqlErrors.mixedBatch();
        }
    }

    private static void requireDistinct(List<Attempt<Member>> members) {
        Set<RowKey> seen = new HashSet<>();
        for (Attempt<Member> member : members) {
            if (member.result().isPresent() && !seen.add(member.result().get().row())) {
                throw ParameterErrors.duplicateKeys();
            }
        }
    }

    /** The outcome of a step: a result, or the error that refused it. */
    private record Attempt<T>(Optional<T> result, Optional<ApiException> refusal) {
        static <T> Attempt<T> at(Supplier<T> step) {
            try {
                return new Attempt<>(Optional.of(step.get()), Optional.empty());
            } catch (ApiException refusal) {
                return new Attempt<>(Optional.empty(), Optional.of(refusal));
            }
        }

        <R> Attempt<R> then(Function<T, R> step) {
            return result.map(value -> at(() -> step.apply(value)))
                    .orElseGet(() -> new Attempt<>(Optional.empty(), refusal));
        }
    }

    /** A statement validated against its table, and its action there. */
    private record Member(String table, RowKey row, Supplier<Optional<Item>> action) {}

    /** The tables of one batch, and the capacity consumed on each. */
    private final class Batch implements AutoCloseable {
        private final RequestContext context;
        private final Terms terms;
        private final Map<String, PinnedTable> uses = new LinkedHashMap<>();
        private final Map<String, Consumption> consumptions = new LinkedHashMap<>();

        Batch(RequestContext context, Terms terms) {
            this.context = context;
            this.terms = terms;
        }

        private Table table(String name) {
            return uses.computeIfAbsent(name, wanted -> tables.use(context.accountRegion(), wanted))
                    .table();
        }

        private Consumption consumption(Table table) {
            return consumptions.computeIfAbsent(table.name(), _ -> new Consumption(table));
        }

        Member member(Statement statement, BatchStatementRequest given) {
            gate.pass(statement, context.caller());
            return switch (statement) {
                case Statement.Select select -> read(select, Parameters.consistency(given.consistentRead()));
                case Statement.Write write -> write(write, given.returnValuesOnConditionCheckFailure());
                case Statement.Exists _ -> throw PartiqlErrors.existsOutsideTransaction();
            };
        }

        private Member read(Statement.Select select, Consistency consistency) {
            Table table = table(select.table());
            var plan = new KeyPlan(table.key());
            if (select.index().isPresent() || !plan.isOne(select.where())) {
                throw PartiqlErrors.selectInBatchWithoutKey();
            }
            KeyPlan.One one = plan.one(select.where());
            if (one.condition().isPresent()) {
                throw PartiqlErrors.noSingleItem();
            }
            SingleReads.requireFits(table, select, one);
            Intent intent = SingleReads.intent(context.caller(), select, terms);
            return new Member(table.name(), Rows.item(table, one.key()), () -> {
                Optional<Item> item = items.reads().get(intent, table, one.key(), consistency);
                consumption(table).addRead(item, consistency);
                return SingleReads.shown(item, select);
            });
        }

        private Member write(Statement.Write write, Optional<ReturnValuesOnConditionCheckFailure> onFailure) {
            Table table = table(write.table());
            boolean showsItem = onFailure
                    .filter(ReturnValuesOnConditionCheckFailure.ALL_OLD::equals)
                    .isPresent();
            ItemWrite action = StatementActions.write(write, table, showsItem)
                    .under(() -> RequestTerms.of(terms, write, onFailure));
            return new Member(table.name(), action.row(), () -> {
                Change change = items.write(context.caller(), action);
                consumption(table).addWrite(change);
                return StatementActions.returned(write, change);
            });
        }

        BatchStatementResponse response(Attempt<Member> member) {
            Attempt<Optional<Item>> outcome =
                    member.then(ready -> ready.action().get());
            return BatchStatementResponse.builder()
                    .tableName(member.result().map(Member::table))
                    .item(outcome.result().flatMap(item -> item))
                    .error(outcome.refusal().map(Batch::error))
                    .build();
        }

        private static BatchStatementError error(ApiException refusal) {
            return BatchStatementError.builder()
                    .code(code(refusal))
                    .message(refusal.text())
                    .item(refusal.item())
                    .build();
        }

        @Override
        public void close() {
            uses.values().forEach(PinnedTable::close);
        }
    }

    private static BatchStatementErrorCodeEnum code(ApiException refusal) {
        return switch (refusal.code()) {
            case ACCESS_DENIED -> BatchStatementErrorCodeEnum.AccessDenied;
            case CONDITION_FAILED -> BatchStatementErrorCodeEnum.ConditionalCheckFailed;
            case DUPLICATE_ITEM -> BatchStatementErrorCodeEnum.DuplicateItem;
            case ITEM_COLLECTION_TOO_LARGE -> BatchStatementErrorCodeEnum.ItemCollectionSizeLimitExceeded;
            case RESOURCE_NOT_FOUND -> BatchStatementErrorCodeEnum.ResourceNotFound;
            case TRANSACTION_CONFLICT -> BatchStatementErrorCodeEnum.TransactionConflict;
            case PROVISIONED_THROUGHPUT_EXCEEDED -> BatchStatementErrorCodeEnum.ProvisionedThroughputExceeded;
            case THROTTLING -> BatchStatementErrorCodeEnum.ThrottlingError;
            case INTERNAL, SERVICE_UNAVAILABLE -> BatchStatementErrorCodeEnum.InternalServerError;
            case REQUEST_LIMIT_EXCEEDED -> BatchStatementErrorCodeEnum.RequestLimitExceeded;
            default -> BatchStatementErrorCodeEnum.ValidationError;
        };
    }
}
