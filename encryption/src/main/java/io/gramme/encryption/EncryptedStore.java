package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.SharedRowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store and the keys that seal it. Whether a store is sealed is decided when it is first used, and noted in it: a store
 * never changes from one to the other.
 */
public final class EncryptedStore {
    /** What was decided about a store. */
    public enum State {
        /** Nothing was ever written to it, so that nothing is decided. */
        UNUSED,
        CLEAR,
        SEALED
    }

    private static final Bytes MARK_OF_CLEAR = Bytes.of(1).plus(Bytes.of(0));
    private static final Bytes MARK_OF_SEALED = Bytes.of(1).plus(Bytes.of(1));
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final RowStore store;
    private final DataKeys dataKeys;
    private final OpenTableKeys openTableKeys;
    private final KeyServices services;
    private final StoredTableKeys tableKeys;
    private final Sealing sealing;
    private final KeyRules rules;
    private final InstantSource clock;

    private EncryptedStore(RowStore store, OwnedKeys owned, Bytes ofServer, KeyRules rules, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.rules = rules;
        this.services = new KeyServices(owned);
        this.openTableKeys = new OpenTableKeys(store, services, rules, ofServer);
        this.dataKeys = new DataKeys(store, openTableKeys, rules, clock);
        this.tableKeys = new StoredTableKeys(store, services, openTableKeys, dataKeys, clock);
        this.sealing = new Sealing(dataKeys);
    }

    /** What was decided about a store. Writes nothing. */
    public static State state(RowStore store) {
        Optional<Row> mark = store.get(KeyRows.MARK, Consistency.STRONG);
        if (mark.isEmpty()) {
            return store.isUnused() ? State.UNUSED : State.CLEAR;
        }
        return state(mark.get());
    }

    private static State state(Row mark) {
        if (mark.value().equals(MARK_OF_CLEAR)) {
            return State.CLEAR;
        }
        if (mark.value().startsWith(MARK_OF_SEALED)) {
            return State.SEALED;
        }
        throw new StorageException("the keys of this store were written by a newer version of Gramme; use that one");
    }

    /** Decides that an unused store is not sealed, unless another server has just decided. Returns what is decided. */
    public static State decideClear(RowStore store) {
        return decide(store, List.of(new Write.Put(KeyRows.MARK, MARK_OF_CLEAR)), Set.of(KeyRows.MARK), State.CLEAR);
    }

    /** Decides that an unused store is sealed, unless another server has just decided. Returns what is decided. */
    public static State decideSealed(RowStore store, OwnedKeys keys) {
        TableKey key = StoredTableKeys.generate(keys, OwnedKeys.ARN, Map.of());
        RowKey row = KeyRows.tableKey(key.id());
        return decide(
                store,
                List.of(
                        new Write.Put(KeyRows.MARK, MARK_OF_SEALED.plus(key.id())),
                        new Write.Put(row, Codec.encode(new Codec.AssignedKey(key, Codec.tablespaces())))),
                Set.of(KeyRows.MARK, row),
                State.SEALED);
    }

    private static State decide(RowStore store, List<Write> writes, Set<RowKey> reads, State state) {
        return store.transact(
                reads,
                current -> Transition.row(current, KeyRows.MARK)
                        .map(mark -> Outcome.<State>unchanged(state(mark)))
                        .orElseGet(() -> new Outcome<>(writes, state)));
    }

    /**
     * Opens a sealed store. Writes nothing.
     *
     * @param store as the engine has it
     * @throws WrongServerKeyException if the server key that it was sealed with is not among the keys
     */
    public static EncryptedStore open(RowStore store, OwnedKeys keys, InstantSource clock) {
        return open(store, keys, KeyRules.DEFAULT, clock);
    }

    static EncryptedStore open(RowStore store, OwnedKeys keys, KeyRules rules, InstantSource clock) {
        Bytes ofServer = store.get(KeyRows.MARK, Consistency.STRONG)
                .filter(mark -> state(mark) == State.SEALED)
                .map(mark -> mark.value().from(MARK_OF_SEALED.length()))
                .orElseThrow(() -> new StorageException("the store is not sealed"));
        var opened = new EncryptedStore(store, keys, ofServer, rules, clock);
        OpenTableKey key = opened.openTableKeys.of(ofServer);
        try {
            key.open(clock.millis());
        } catch (KeyUnusableException e) {
            throw new WrongServerKeyException(
                    OwnedKeys.name(OwnedKeys.wrappedBy(key.key().wrapped())), e);
        }
        return opened;
    }

    /** Wraps the server's own table key with the first server key, if another wrapped it. */
    public void useFirstServerKey(OwnedKeys keys) {
        RowKey row = KeyRows.tableKey(openTableKeys.ofServer());
        store.transact(Set.of(row), current -> {
            Codec.AssignedKey now = Codec.tableKey(
                    openTableKeys.ofServer(),
                    Transition.row(current, row).orElseThrow().value());
            TableKey key = now.key();
            if (keys.isCurrent(key.wrapped())) {
                return Outcome.unchanged(true);
            }
            var wrapped =
                    new TableKey(key.id(), key.rootKey(), key.context(), keys.rewrap(key.wrapped(), key.context()));
            return new Outcome<>(
                    List.of(new Write.Put(row, Codec.encode(new Codec.AssignedKey(wrapped, now.tablespaces())))), true);
        });
    }

    /** The store that seals. Closing it closes the engine. */
    public RowStore sealed() {
        return new SealedStore(store, sealing, tableKeys);
    }

    /** The same over an engine that several servers have open. */
    public SharedRowStore sealed(SharedRowStore engine) {
        return new SealedSharedStore(engine, sealing, tableKeys);
    }

    /** What an inspection of the files of this store finds, opened. */
    public StoreInspection sealed(StoreInspection inspection) {
        return new SealedInspection(inspection, sealed(), sealing);
    }

    /** The end of old data keys. */
    public KeyRetirement retirement() {
        return new KeyRetirement(store, sealed(), dataKeys, rules);
    }

    /** The keys of tables. */
    public TableKeys tableKeys() {
        return tableKeys;
    }

    /** The key service of every root key, that of the server included. */
    public KeyService keyService() {
        return services.all();
    }

    /** The key service of all root keys but the server's own. It may keep its keys in the sealed store. */
    public void use(KeyService service) {
        services.use(service);
    }

    /** Validates table keys in use where that is due, and drops keys that were not used for a while. */
    public Duration pass() {
        openTableKeys.pass(clock.millis());
        dataKeys.dropIdle();
        return PAUSE;
    }

    /** Forgets the keys of a tablespace, which another server has put under another table key or destroyed. */
    public void forget(TablespaceId tablespace) {
        dataKeys.forget(tablespace);
    }
}
