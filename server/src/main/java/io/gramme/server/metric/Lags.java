package io.gramme.server.metric;

import io.gramme.delivery.follow.ConsumerLag;
import io.gramme.tables.table.AccountRegion;
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

        private static Lag of(String label, ConsumerLag lag) {
            AccountRegion accountRegion = lag.table().accountRegion();
            return new Lag(
                    Map.of(
                            "account",
                            accountRegion.account(),
                            "region",
                            accountRegion.region(),
                            "table",
                            lag.table().name(),
                            label,
                            lag.consumer()),
                    lag.behind());
        }
    }

    /**
     * Adds the source of the lags of all consumers of a kind. Call it before the first read.
     *
     * @param label the label whose value is the name of the consumer
     */
    public void add(Kind kind, String label, Supplier<List<ConsumerLag>> source) {
        sources.put(
                kind, () -> source.get().stream().map(lag -> Lag.of(label, lag)).toList());
    }

    /** Adds the source of the lag of a kind that exists once. Call it before the first read. */
    public void addOnly(Kind kind, Supplier<Duration> source) {
        sources.put(kind, () -> List.of(new Lag(Map.of(), source.get())));
    }

    /** The sources of the lags of each kind that this server has. */
    public Map<Kind, Supplier<List<Lag>>> sources() {
        return sources;
    }
}
