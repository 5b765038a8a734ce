package io.gramme.server.operation;

import io.gramme.tables.stream.Stream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the metrics of a request are about: the tables that it names, and how much it returned. Filled while the request
 * runs, by its thread alone.
 */
public final class RequestTrace {
    private List<String> tables = List.of();
    private long returned = -1;
    private Optional<Stream> stream = Optional.empty();

    /** Forgets everything: the request begins again. */
    public void begin() {
        tables = List.of();
        returned = -1;
        stream = Optional.empty();
    }

    /** The table by the name or ARN that the request gives. */
    public void table(String given) {
        tables = List.of(given);
    }

    /** All tables, likewise; in a transaction the table of each action, in their order. */
    public void tables(Collection<String> given) {
        tables = List.copyOf(given);
    }

    /** The number of items or records in the response, for operations with a metric of it. */
    public void returned(long items) {
        returned = items;
    }

    /** The stream that the request reads. */
    public void stream(Stream read) {
        stream = Optional.of(read);
    }

    public List<String> tables() {
        return tables;
    }

    public OptionalLong returned() {
        return returned < 0 ? OptionalLong.empty() : OptionalLong.of(returned);
    }

    public Optional<Stream> stream() {
        return stream;
    }
}
