package io.gramme.tables.table;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Contributor Insights of a table, or of one of its global indexes: whether it is counted which keys are used.
 *
 * @param created when it was enabled, which is part of the names of its rules
 * @param updated when a client last enabled or disabled it
 * @param tooMany whether there were too many rules already when it was enabled
 */
public record Insights(Mode mode, Status status, Instant created, Instant updated, boolean tooMany) {
    /** The service's quota of rules in a region. */
    public static final int MOST_RULES = 100;

    /** What is counted, with the names of the API. */
    public enum Mode {
        ACCESSED_AND_THROTTLED_KEYS,
        THROTTLED_KEYS
    }

    /** The status, with the names of the API. */
    public enum Status {
        ENABLING,
        ENABLED,
        DISABLING,
        DISABLED,
        FAILED
    }

    /** A rule: what it counts, and for which keys. */
    public enum Rule {
        /** Units of partition keys. */
        PKC(false, true),
        /** Units of partition and sort keys. */
        SKC(true, true),
        /** Throttled requests of partition keys. */
        PKT(false, false),
        /** Throttled requests of partition and sort keys. */
        SKT(true, false);

        private final boolean sorted;
        private final boolean units;

        Rule(boolean sorted, boolean units) {
            this.sorted = sorted;
            this.units = units;
        }

        /** Whether it distinguishes items by their sort keys. */
        public boolean isSorted() {
            return sorted;
        }

        /** Whether it counts capacity units; if not, throttled requests. */
        public boolean countsUnits() {
            return units;
        }
    }

    static Insights enabling(Mode mode, Instant created, Instant now, boolean tooMany) {
        return new Insights(mode, Status.ENABLING, created, now, tooMany);
    }

    Insights disabling(Instant now) {
        return new Insights(mode, Status.DISABLING, created, now, false);
    }

    /** Whether a requested change has yet to take effect. */
    boolean isPending() {
        return status == Status.ENABLING || status == Status.DISABLING;
    }

    Insights settled() {
        return switch (status) {
            case ENABLING -> new Insights(mode, tooMany ? Status.FAILED : Status.ENABLED, created, updated, tooMany);
            case DISABLING -> new Insights(mode, Status.DISABLED, created, updated, tooMany);
            case ENABLED, DISABLED, FAILED -> this;
        };
    }

    /** Whether its rules count. */
    public boolean isActive() {
        return !tooMany && (status == Status.ENABLING || status == Status.ENABLED);
    }

    /** @param sorted whether the keys have a sort key */
    public List<Rule> rules(boolean sorted) {
        return Stream.of(Rule.values())
                .filter(rule -> mode == Mode.ACCESSED_AND_THROTTLED_KEYS || !rule.countsUnits())
                .filter(rule -> sorted || !rule.isSorted())
                .toList();
    }

    /**
     * The name of a rule.
     *
     * @param resource the table, or the table and the index
     */
    public String ruleName(Rule rule, String resource) {
        return "DynamoDBContributorInsights-" + rule + "-" + resource + "-" + created.toEpochMilli();
    }
}
