package io.gramme.server.operation;

import io.gramme.api.GlobalSecondaryIndexDescription;
import io.gramme.api.OnDemandThroughput;
import io.gramme.api.TableDescription;
import io.gramme.api.UpdateTableInput;
import io.gramme.api.UpdateTableOutput;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Instant;
import java.util.Optional;

/** UpdateTable: starts a change of a table. The answer shows the table while the change is under way. */
public final class UpdateTable implements Handler<UpdateTableInput, UpdateTableOutput> {
    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;
    private final RootKeys keys;
    private final TableDescriptions descriptions;

    public UpdateTable(Tables tables, TableLifecycle life, MillisecondClock clock, RootKeys keys) {
        this.keys = keys;
        this.tables = tables;
        this.life = life;
        this.clock = clock;
        this.descriptions = new TableDescriptions(tables, clock);
    }

    @Override
    public UpdateTableOutput handle(UpdateTableInput request, RequestContext context) {
        Table table = started(request, context.accountRegion());
        var answer = UpdateTableOutput.builder()
                .tableDescription(withMaximaAsAsked(descriptions.of(table), request))
                .build();
        life.settle(table);
        return answer;
    }

    /** Makes a change that the server asks for by itself, with all rules for those of clients. */
    public void make(UpdateTableInput request, AccountRegion accountRegion) {
        life.settle(started(request, accountRegion));
    }

    private Table started(UpdateTableInput request, AccountRegion accountRegion) {
        TableName name = TableName.parse(accountRegion, request.tableName());
        var update = new TableUpdate(request, accountRegion);
        Instant now = clock.instant();
        // Tried before a tablespace number is spent on it.
        Table found = tables.describe(accountRegion, request.tableName());
        Optional<String> rootKey = keys.asked(request.sseSpecification(), accountRegion);
        update.apply(found, now, TableUpdate.NewParts.none(rootKey));
        TableUpdate.NewParts parts = update.parts(tables::newTablespace, rootKey);
        return tables.change(name, before -> update.apply(before, now, parts));
    }

    /** The service shows a removed bound as -1, in this answer only. */
    private static TableDescription withMaximaAsAsked(TableDescription shown, UpdateTableInput request) {
        return shown.toBuilder()
                .onDemandThroughput(asAsked(shown.onDemandThroughput(), request.onDemandThroughput()))
                .globalSecondaryIndexes(shown.globalSecondaryIndexes()
                        .map(indexes -> indexes.stream()
                                .map(index -> withMaximaAsAsked(index, request))
                                .toList()))
                .build();
    }

    private static GlobalSecondaryIndexDescription withMaximaAsAsked(
            GlobalSecondaryIndexDescription shown, UpdateTableInput request) {
        Optional<OnDemandThroughput> asked = request.globalSecondaryIndexUpdates().stream()
                .flatMap(updates -> updates.stream())
                .flatMap(update -> update.update().stream())
                .filter(update -> shown.indexName().equals(Optional.of(update.indexName())))
                .flatMap(update -> update.onDemandThroughput().stream())
                .findFirst();
        return shown.toBuilder()
                .onDemandThroughput(asAsked(shown.onDemandThroughput(), asked))
                .build();
    }

    private static Optional<OnDemandThroughput> asAsked(
            Optional<OnDemandThroughput> left, Optional<OnDemandThroughput> asked) {
        boolean none = asked.flatMap(OnDemandThroughput::maxReadRequestUnits).isEmpty()
                && asked.flatMap(OnDemandThroughput::maxWriteRequestUnits).isEmpty();
        if (none) {
            return left;
        }
        return Optional.of(new OnDemandThroughput(
                asked.flatMap(OnDemandThroughput::maxReadRequestUnits)
                        .or(() -> left.flatMap(OnDemandThroughput::maxReadRequestUnits)),
                asked.flatMap(OnDemandThroughput::maxWriteRequestUnits)
                        .or(() -> left.flatMap(OnDemandThroughput::maxWriteRequestUnits))));
    }
}
