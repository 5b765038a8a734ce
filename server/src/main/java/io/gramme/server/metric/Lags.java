package io.gramme.server.metric;

import io.gramme.server.table.AccountRegion;
import io.gramme.server.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The sources of lag metrics: how far indexes, consumers and expiry are behind the writes. A lag is read when a reader
 * asks for it.
 */
public final class Lags {
    private final Map<Kind, Supplier<List<Lag>>> sources = new TreeMap<>();

    /** The kinds of processing that can lag behind writes. */
    public enum Kind {
        INDEX("Age of the oldest change that is not yet in a global index"),
        TRIGGER("Age of the oldest change that a trigger has not processed"),
        KINESIS("Age of the oldest change that a Kinesis destination has not received"),
        EXPIRY("Time since expiry of the most overdue item that the last sweep found");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * How far one thing is behind.
     *
     * @param of labels that distinguish it from others of its kind, which have the same label names: account, region,
     *     table
     */
    public record Lag(Map<String, String> of, Duration behind) {
        public Lag {
            of = Map.copyOf(of);
        }

        /** The lag of a kind that exists once. */
        public static Lag of(Duration behind) {
            return new Lag(Map.of(), behind);
        }

        /**
         * The lag of one of several things that a table may have: the label {@code kind} with the value {@code name}
         * tells them apart.
         */
        public static Lag of(TableName table, String kind, String name, Duration behind) {
            AccountRegion accountRegion = table.accountRegion();
            return new Lag(
                    Map.of(
                            "account",
                            accountRegion.account(),
                            "region",
                            accountRegion.region(),
                            "table",
                            table.name(),
                            kind,
                            name),
                    behind);
        }
    }

    /** Adds the source of all lags of a kind. Call it before the first read. */
    public void add(Kind kind, Supplier<List<Lag>> source) {
        sources.put(kind, source);
    }

    public void addOnly(Kind kind, Supplier<Duration> source) {
        add(kind, () -> List.of(Lag.of(source.get())));
    }

    Map<Kind, Supplier<List<Lag>>> sources() {
        return sources;
    }
}
