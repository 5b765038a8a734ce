package io.gramme.server.encryption;

import io.gramme.api.TableKeyDescription;
import io.gramme.encryption.TableKey;
import io.gramme.tables.table.Settings.Encryption;
import io.gramme.tables.table.Table;
import java.util.HexFormat;
import java.util.Optional;

/** Describes the keys of tables. A key that the server owns has no ARN, and a table that is not sealed no key. */
final class TableKeyDescriptions {
    private TableKeyDescriptions() {}

    static TableKeyDescription of(Table table, Optional<SealedTables> sealed) {
        Optional<Encryption> encryption = table.settings().encryption();
        return TableKeyDescription.builder()
                .tableName(table.name())
                .tableStatus(table.status().name())
                .rootKeyArn(encryption.map(Encryption::keyArn))
                .inaccessibleSince(encryption.flatMap(Encryption::inaccessible))
                .tableKeyId(sealed.flatMap(all -> all.keys().of(table.tablespace()))
                        .map(TableKey::id)
                        .map(id -> HexFormat.of().formatHex(id.toArray())))
                .build();
    }
}
