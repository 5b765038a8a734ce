package io.gramme.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.testkit.Step.Answer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A random sequence of steps, the same for the same seed, run on two engines side by side. After each step both must
 * have returned the same answer, and at the end hold the same rows; only versions are each engine's own, and must never
 * decrease.
 */
public final class SeededHistory {
    private final long seed;
    private final int steps;

    public SeededHistory(long seed, int steps) {
        this.seed = seed;
        this.steps = steps;
    }

    /** An engine that takes part: an empty store, and a function that closes and reopens it with its content. */
    public record Side(RowStore store, UnaryOperator<RowStore> reopen) {
        /** For an engine whose rows do not outlive it. */
        public static Side thatCannotReopen(RowStore store) {
            return new Side(store, UnaryOperator.identity());
        }
    }

    /** Closes both stores at the end. */
    public void compare(Side model, Side subject) {
        var choices = new Choices(seed);
        var left = new Player(model);
        var right = new Player(subject);
        Set<TablespaceId> tablespaces = new HashSet<>();
        try (left;
                right) {
            for (int i = 0; i < steps; i++) {
                Step step = choices.next();
                tablespaces.addAll(choices.tablespaces());
                Answer expected = left.play(step);
                assertThat(right.play(step))
                        .as("seed=%s step=%s %s", seed, i, step)
                        .isEqualTo(expected);
            }
            left.checkInvariants(tablespaces);
            right.checkInvariants(tablespaces);
            for (Step sweep : choices.sweepsOf(tablespaces)) {
                Answer expected = left.play(sweep);
                assertThat(right.play(sweep)).as("seed=%s at the end", seed).isEqualTo(expected);
            }
        }
    }
}
