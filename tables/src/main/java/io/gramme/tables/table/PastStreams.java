package io.gramme.tables.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The ended streams of all accounts and regions, until they are forgotten. Only the catalog changes them. */
public final class PastStreams {
    private final Catalog catalog;
    private final Map<Name, PastStream> streams = new ConcurrentHashMap<>();

    private record Name(TableName table, String label) {
        static Name of(PastStream stream) {
            return new Name(stream.table(), stream.stream().label());
        }
    }

    PastStreams(Catalog catalog) {
        this.catalog = catalog;
        load();
    }

    /** Reloads them from the catalog: other servers may have changed them. */
    synchronized void load() {
        var stored = new HashMap<Name, PastStream>();
        catalog.pastStreams().forEach(stream -> stored.put(Name.of(stream), stream));
        streams.keySet().retainAll(stored.keySet());
        streams.putAll(stored);
    }

    public Collection<PastStream> all() {
        return List.copyOf(streams.values());
    }

    public Optional<PastStream> find(TableName table, String label) {
        return Optional.ofNullable(streams.get(new Name(table, label)));
    }

    /** Stores a stream that has just ended. Idempotent. */
    synchronized void add(PastStream stream) {
        catalog.put(stream);
        streams.put(Name.of(stream), stream);
    }

    public synchronized void forget(PastStream stream) {
        catalog.forget(stream);
        streams.remove(Name.of(stream));
    }
}
