package io.gramme.kms.key;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import io.gramme.tables.table.AccountRegion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows of an account and region inside one transaction, with what the transaction has changed so far. For one thread,
 * while the transition runs.
 */
public final class KeyEdit {

    /** Ends a transition that needs a row which its transaction did not read: it runs again with that row. */
    static final class Unread extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient RowKey key;

        Unread(RowKey key) {
            super("unread", null, false, false);
            this.key = key;
        }

        RowKey key() {
            return key;
        }
    }

    private final AccountRegion home;
    private final Map<RowKey, Optional<Row>> current;
    private final Map<RowKey, Write> writes = new LinkedHashMap<>();

    KeyEdit(AccountRegion home, Map<RowKey, Optional<Row>> current) {
        this.home = home;
        this.current = current;
    }

    List<Write> writes() {
        return List.copyOf(writes.values());
    }

    private <T> Optional<T> read(RowKey key, Function<Bytes, T> decode) {
        Write write = writes.get(key);
        if (write != null) {
            return write instanceof Write.Put put ? Optional.of(decode.apply(put.value())) : Optional.empty();
        }
        Optional<Row> row = current.get(key);
        if (row == null) {
            throw new Unread(key);
        }
        return row.map(found -> decode.apply(found.value()));
    }

    public Optional<Key> key(String id) {
        return read(KeyRows.key(home, id), KeyCodec::key);
    }

    public void put(Key key) {
        put(KeyRows.key(home, key.id()), KeyCodec.encode(key));
    }

    void deleteKey(String id) {
        delete(KeyRows.key(home, id));
    }

    public Optional<Alias> alias(String name) {
        return read(KeyRows.alias(home, name), KeyCodec::alias);
    }

    public void put(Alias alias) {
        put(KeyRows.alias(home, alias.name()), KeyCodec.encode(alias));
    }

    public void deleteAlias(String name) {
        delete(KeyRows.alias(home, name));
    }

    public Optional<Grant> grant(String keyId, String id) {
        return read(KeyRows.grant(home, keyId, id), KeyCodec::grant);
    }

    public void put(Grant grant) {
        put(KeyRows.grant(home, grant.keyId(), grant.id()), KeyCodec.encode(grant));
    }

    public void deleteGrant(String keyId, String id) {
        delete(KeyRows.grant(home, keyId, id));
    }

    private void put(RowKey key, Bytes value) {
        writes.put(key, new Write.Put(key, value));
    }

    private void delete(RowKey key) {
        writes.put(key, new Write.Delete(key));
    }
}
