package io.gramme.server.operation;

import io.gramme.api.ExecuteStatementInput;
import io.gramme.api.ExecuteStatementOutput;
import io.gramme.api.ReturnValuesOnConditionCheckFailure;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.item.Value;
import io.gramme.core.partiql.Statement;
import io.gramme.core.partiql.Statements;
import io.gramme.storage.Consistency;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Tables;
import java.util.List;
import java.util.Optional;

/** ExecuteStatement: runs a PartiQL statement, which reads items or writes one. */
public final class ExecuteStatement implements Handler<ExecuteStatementInput, ExecuteStatementOutput> {
    private final Tables tables;
    private final ItemStore items;
    private final SelectReader reader;

    public ExecuteStatement(Tables tables, ItemStore items, Moments moments) {
        this.tables = tables;
        this.items = items;
        this.reader = new SelectReader(moments);
    }

    @Override
    public ExecuteStatementOutput handle(ExecuteStatementInput request, RequestContext context) {
        Parameters.raiseInOlderWords(context.faults());
        List<Value> parameters = request.parameters().orElse(List.of());
        Statement statement = Statements.read(request.statement(), parameters);
        context.trace().table(statement.table());
        return switch (statement) {
            case Statement.Select select -> select(select, request, context);
            case Statement.Write write -> write(write, request, context);
            case Statement.Exists _ -> throw PartiqlErrors.existsOutsideTransaction();
        };
    }

    private ExecuteStatementOutput select(
            Statement.Select select, ExecuteStatementInput request, RequestContext context) {
        List<Value> parameters = request.parameters().orElse(List.of());
        NextToken start = request.nextToken()
                .map(token -> NextToken.parse(token, request.statement(), parameters))
                .orElse(NextToken.START);
        Consistency consistency = Parameters.consistency(request.consistentRead());
        try (PinnedTable use = tables.use(context.accountRegion(), select.table())) {
            SelectReader.Page page = reader.read(
                    select,
                    use.table(),
                    start,
                    request.limit().orElse(Integer.MAX_VALUE),
                    consistency,
                    RequestTerms.of(request),
                    context);
            context.trace().returned(page.items().size());
            return ExecuteStatementOutput.builder()
                    .items(page.items())
                    .nextToken(page.next().map(next -> next.text(request.statement(), parameters)))
                    .lastEvaluatedKey(page.next().flatMap(NextToken::after))
                    .consumedCapacity(Capacities.of(page.consumption(), request.returnConsumedCapacity()))
                    .build();
        }
    }

    private ExecuteStatementOutput write(Statement.Write write, ExecuteStatementInput request, RequestContext context) {
        Moments.requirePresent(context.asOf(), "ExecuteStatement, unless it is a SELECT,");
        boolean showsItem = request.returnValuesOnConditionCheckFailure()
                .filter(ReturnValuesOnConditionCheckFailure.ALL_OLD::equals)
                .isPresent();
        try (PinnedTable use = tables.use(context.accountRegion(), write.table())) {
            Change change = items.write(
                    context.caller(),
                    StatementActions.write(write, use.table(), showsItem)
                            .under(() -> RequestTerms.of(
                                    RequestTerms.of(request), write, request.returnValuesOnConditionCheckFailure())));
            return ExecuteStatementOutput.builder()
                    .items(StatementActions.returned(write, change)
                            .map(List::of)
                            .or(() -> Optional.of(List.of())))
                    .consumedCapacity(Capacities.of(change, request.returnConsumedCapacity()))
                    .build();
        }
    }
}
