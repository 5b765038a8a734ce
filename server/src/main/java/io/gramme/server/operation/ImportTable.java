package io.gramme.server.operation;

import io.gramme.api.BillingMode;
import io.gramme.api.CreateTableInput;
import io.gramme.api.ImportTableInput;
import io.gramme.api.ImportTableOutput;
import io.gramme.api.InputFormat;
import io.gramme.api.TableCreationParameters;
import io.gramme.core.error.ImportErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.recovery.load.Import;
import io.gramme.recovery.load.Imports;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/**
 * ImportTable: creates a table with the items in the objects of a bucket. The name is taken at once. The bucket is not
 * looked at before the job begins.
 */
public final class ImportTable implements Handler<ImportTableInput, ImportTableOutput> {
    private final Tables tables;
    private final Imports imports;
    private final MillisecondClock clock;
    private final RandomIds ids;
    private final RootKeys keys;

    public ImportTable(Tables tables, Imports imports, MillisecondClock clock, RandomIds ids, RootKeys keys) {
        this.keys = keys;
        this.tables = tables;
        this.imports = imports;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public ImportTableOutput handle(ImportTableInput request, RequestContext context) {
        TableCreationParameters wanted = request.tableCreationParameters();
        boolean csv = request.inputFormat() == InputFormat.CSV;
        if (!csv
                && request.inputFormatOptions()
                        .flatMap(options -> options.csv())
                        .isPresent()) {
            throw ImportErrors.optionsOfOtherFormat(request.inputFormat().wire());
        }
        TableName name = TableName.parse(context.accountRegion(), wanted.tableName());
        Optional<Import> running =
                request.clientToken().flatMap(token -> imports.ofToken(context.accountRegion(), token));
        if (running.isPresent()) {
            // Measured: another prefix under the same token is passed over in silence, another table is not.
            if (!running.get().table().equals(name)) {
                throw ImportErrors.conflict();
            }
            return answer(running.get());
        }
        boolean provisioned = wanted.billingMode().orElse(BillingMode.PROVISIONED) == BillingMode.PROVISIONED;
        if (provisioned && wanted.provisionedThroughput().isEmpty()) {
            throw ImportErrors.capacityMissing();
        }
        var newTable = new NewTable(
                CreateTableInput.builder()
                        .attributeDefinitions(wanted.attributeDefinitions())
                        .billingMode(wanted.billingMode())
                        .globalSecondaryIndexes(wanted.globalSecondaryIndexes())
                        .keySchema(wanted.keySchema())
                        .onDemandThroughput(wanted.onDemandThroughput())
                        .provisionedThroughput(wanted.provisionedThroughput())
                        .sseSpecification(wanted.sseSpecification())
                        .tableName(wanted.tableName())
                        .vectorIndexes(wanted.vectorIndexes())
                        .build(),
                context.accountRegion());
        if (tables.lookUp(name).isPresent()) {
            throw TableErrors.tableExists(name.name());
        }
        newTable.requireWithinQuotas();
        Optional<String> rootKey = newTable.rootKey(keys);
        Table table = newTable.create(name, ids.next(), clock.instant(), rootKey, tables::newTablespace);
        return answer(imports.begin(table, request));
    }

    private ImportTableOutput answer(Import one) {
        return new ImportTableOutput(ImportDescriptions.of(one, imports.totals(one)));
    }
}
