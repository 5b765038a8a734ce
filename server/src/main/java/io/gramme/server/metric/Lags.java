package io.gramme.server.metric;

import io.gramme.server.table.AccountRegion;
import io.gramme.server.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What follows from a write some time after it, and how far it is behind: found out when somebody wants to know. */
public final class Lags {
    private final Map<Kind, Supplier<List<Lag>>> sources = new TreeMap<>();

    /** What may lag behind. */
    public enum Kind {
        INDEX("For how long the oldest entries of global indexes have been waiting that have not come yet"),
        TRIGGER("How long ago the oldest change was made that a trigger has not dealt with"),
        KINESIS("How long ago the oldest change was made that a Kinesis destination has not taken"),
        EXPIRY("How long ago the most overdue item expired that the last look found");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * How far something is behind.
     *
     * @param of tells it from others of its kind, which have the same names: account, region, table
     */
    public record Lag(Map<String, String> of, Duration behind) {
        public Lag {
            of = Map.copyOf(of);
        }

        /** The only one of its kind. */
        public static Lag of(Duration behind) {
            return new Lag(Map.of(), behind);
        }

        /** One of several that a table may have: by what kind of name they are told apart, and this one's. */
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

    /** Has all of a kind be asked for there; before anybody asks for them. */
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
