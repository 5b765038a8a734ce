package io.gramme.differential.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random choices from a seed: the same seed gives the same choices. */
public final class Luck {
    private final SplittableRandom random;

    public Luck(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A number from 0, and below {@code bound}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number from {@code least} to {@code most}. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return choices[below(choices.length)];
    }

    public <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** A number of the choices, or all if there are fewer, each at most once and in any order. */
    public <T> List<T> some(List<T> choices, int count) {
        var left = new ArrayList<>(choices);
        var taken = new ArrayList<T>();
        while (taken.size() < count && !left.isEmpty()) {
            taken.add(left.remove(below(left.size())));
        }
        return taken;
    }
}
