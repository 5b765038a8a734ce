package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The table keys in the memory of this process, and which tablespaces are assigned to them. For use by any thread. */
final class OpenTableKeys {
    private final RowStore store;
    private final KeyServices services;
    private final KeyRules rules;
    private final Bytes ofServer;
    private final Map<Bytes, OpenTableKey> open = new ConcurrentHashMap<>();

    /**
     * @param store not sealed
     * @param ofServer the id of the table key of tablespaces without an assignment
     */
    OpenTableKeys(RowStore store, KeyServices services, KeyRules rules, Bytes ofServer) {
        this.store = store;
        this.services = services;
        this.rules = rules;
        this.ofServer = ofServer;
    }

    /** @throws StorageException if there is no such table key */
    OpenTableKey of(Bytes id) {
        OpenTableKey found = open.get(id);
        if (found != null) {
            return found;
        }
        TableKey key = stored(id)
                .orElseThrow(() -> new StorageException("a table key is not in the store: id=" + id))
                .key();
        return open.computeIfAbsent(id, _ -> new OpenTableKey(key, services.of(key.rootKey()), rules));
    }

    Optional<Codec.AssignedKey> stored(Bytes id) {
        return store.get(KeyRows.tableKey(id), Consistency.STRONG).map(row -> Codec.tableKey(id, row.value()));
    }

    Bytes ofServer() {
        return ofServer;
    }

    /** The id of the table key of a tablespace. */
    Bytes assigned(TablespaceId tablespace) {
        return assigned(store.get(KeyRows.assignment(tablespace), Consistency.STRONG));
    }

    Bytes assigned(Optional<Row> assignment) {
        return assignment.map(Row::value).orElse(ofServer);
    }

    void forget(Bytes id) {
        OpenTableKey forgotten = open.remove(id);
        if (forgotten != null) {
            forgotten.close();
        }
    }

    /** Validates the keys in use where that is due, and drops the others. */
    void pass(long nowMillis) {
        open.values().removeIf(key -> !key.pass(nowMillis));
    }
}
