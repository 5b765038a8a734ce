package io.gramme.tables.table;

import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.Collection;
import java.util.List;

/**
 * The keys of tables: each table has one, wrapped under its root key, and the rows of all its tablespaces are sealed with
 * keys under it. The root key is that of {@link Settings#encryption}, or the one that the server owns.
 *
 * <p>A key service that refuses or does not answer appears as a {@link io.gramme.storage.StorageException}.
 */
public interface TableSealing {
    /** Rows are not sealed: tables have no keys. */
    TableSealing OFF = new TableSealing() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public List<Write> create(Table table) {
            return List.of();
        }

        @Override
        public List<Write> extend(Table table, Collection<TablespaceId> added) {
            return List.of();
        }

        @Override
        public void rewrap(Table table, Collection<TablespaceId> tablespaces) {}

        @Override
        public List<Write> destroy(Collection<TablespaceId> dropped) {
            return List.of();
        }
    };

    boolean isOn();

    /** Makes the key of a new table by a call to the key service. The writes belong into the transaction that makes the table. */
    List<Write> create(Table table);

    /** The writes that put further tablespaces under the key of a table, for the transaction that adds them. */
    List<Write> extend(Table table, Collection<TablespaceId> added);

    /**
     * Wraps the keys of a table's tablespaces under the root key that the table has now, if they are under another. Safe to
     * repeat.
     */
    void rewrap(Table table, Collection<TablespaceId> tablespaces);

    /** The writes that destroy the keys of tablespaces whose rows have been dropped. */
    List<Write> destroy(Collection<TablespaceId> dropped);
}
