package io.gramme.server.table;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of all worlds that have ended, until they are forgotten. Changed only through the catalog. */
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
        catalog.pastStreams().forEach(stream -> streams.put(Name.of(stream), stream));
    }

    public Collection<PastStream> all() {
        return List.copyOf(streams.values());
    }

    public Optional<PastStream> find(TableName table, String label) {
        return Optional.ofNullable(streams.get(new Name(table, label)));
    }

    /** Keeps a stream that has just ended; does no harm when it is done again. */
    void add(PastStream stream) {
        catalog.put(stream);
        streams.put(Name.of(stream), stream);
    }

    public void forget(PastStream stream) {
        catalog.forget(stream);
        streams.remove(Name.of(stream));
    }
}
