package io.gramme.tables.fault;

import io.gramme.tables.fault.FaultRule.Frequency;
import java.util.SplittableRandom;

/** A rule in force, and how often it has matched. Safe for use by many threads. */
final class LiveRule {
    private final FaultRule rule;
    private final SplittableRandom random;

    // Guarded by this.
    private long matches;
    private long induced;

    LiveRule(FaultRule rule) {
        this.rule = rule;
        this.random = new SplittableRandom(rule.frequency().seed());
    }

    FaultRule rule() {
        return rule;
    }

    /** Counts a match, and decides whether the rule has its effect on it. */
    synchronized boolean decide() {
        Frequency frequency = rule.frequency();
        matches++;
        if (matches <= frequency.skipFirst()
                || induced >= frequency.times().orElse(Long.MAX_VALUE)
                || (frequency.probability() < 1 && random.nextDouble() >= frequency.probability())) {
            return false;
        }
        induced++;
        return true;
    }

    synchronized FaultRules.Counted counted() {
        return new FaultRules.Counted(rule, matches, induced);
    }
}
