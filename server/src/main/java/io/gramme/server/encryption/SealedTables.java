package io.gramme.server.encryption;

import io.gramme.encryption.TableKey;
import io.gramme.encryption.TableKeys;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.table.Settings.Encryption;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableSealing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Each table has a key of its own: what one table's key opens, no other table's does, and a table is shredded when its key
 * is destroyed. Keys are wrapped in the context that DynamoDB gives to KMS.
 *
 * @param ownedKey the root key of the tables for which no client chose one
 */
public record SealedTables(TableKeys keys, String ownedKey) implements TableSealing {
    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public List<Write> create(Table table) {
        return keys.assign(newKey(table), table.allTablespaces());
    }

    @Override
    public List<Write> extend(Table table, Collection<TablespaceId> added) {
        return keys.of(table.tablespace()).map(key -> keys.assign(key, added)).orElse(List.of());
    }

    @Override
    public void rewrap(Table table, Collection<TablespaceId> tablespaces) {
        String wanted = rootKey(table);
        List<TablespaceId> sealed = sealed(tablespaces);
        boolean changes = sealed.stream()
                .flatMap(tablespace -> keys.of(tablespace).stream())
                .anyMatch(key -> !key.rootKey().equals(wanted));
        if (changes) {
            keys.rewrap(sealed, newKey(table));
        }
    }

    /** Wraps the keys of a table under a new key of the table, which its root key wraps. */
    public void rotate(Table table) {
        List<TablespaceId> sealed = sealed(table.allTablespaces());
        if (!sealed.isEmpty()) {
            keys.rewrap(sealed, newKey(table));
        }
    }

    @Override
    public List<Write> destroy(Collection<TablespaceId> dropped) {
        return keys.destroy(dropped);
    }

    /** A log that a table got before tables had keys has none. */
    private List<TablespaceId> sealed(Collection<TablespaceId> tablespaces) {
        return tablespaces.stream()
                .filter(tablespace -> keys.of(tablespace).isPresent())
                .toList();
    }

    private TableKey newKey(Table table) {
        return keys.generate(
                rootKey(table),
                Map.of(
                        "aws:dynamodb:tableName",
                        table.name(),
                        "aws:dynamodb:subscriberId",
                        table.accountRegion().account()));
    }

    private String rootKey(Table table) {
        Optional<String> chosen = table.settings().encryption().map(Encryption::keyArn);
        return chosen.orElse(ownedKey);
    }
}
