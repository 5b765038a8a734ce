package io.gramme.server.encryption;

import io.gramme.api.RotateTableKeyInput;
import io.gramme.api.RotateTableKeyOutput;
import io.gramme.core.error.EncryptionErrors;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** Gramme extension: puts the data keys of a table under a new key of the table. No row is rewritten. */
public final class RotateTableKey implements Handler<RotateTableKeyInput, RotateTableKeyOutput> {
    private final Tables tables;
    private final Optional<SealedTables> sealed;

    /** @param sealed empty if rows are not sealed */
    public RotateTableKey(Tables tables, Optional<SealedTables> sealed) {
        this.tables = tables;
        this.sealed = sealed;
    }

    @Override
    public RotateTableKeyOutput handle(RotateTableKeyInput request, RequestContext context) {
        Table table = tables.describe(context.accountRegion(), request.tableName());
        SealedTables all = sealed.orElseThrow(EncryptionErrors::notSealed);
        if (table.isInaccessible()) {
            throw EncryptionErrors.keyAccessDenied();
        }
        if (!table.status().isUsable()) {
            throw EncryptionErrors.notRotatable(table.name(), table.status().name());
        }
        all.rotate(table);
        return RotateTableKeyOutput.builder()
                .tableKey(TableKeyDescriptions.of(table, sealed))
                .build();
    }
}
