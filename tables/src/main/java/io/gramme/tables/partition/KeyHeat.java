package io.gramme.tables.partition;

import io.gramme.tables.table.Partition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * How the consumption of a partition is spread over its keys, estimated from a sample: hashes of partition keys, in the
 * order of hashes, each with its weight. Immutable.
 */
public final class KeyHeat {
    static final KeyHeat NONE = new KeyHeat(new TreeMap<>(Long::compareUnsigned), 0);

    /** A key with more of the heat than this is isolated: no other cut would halve the heat of its partition. */
    private static final double DOMINANT = 0.5;

    private final NavigableMap<Long, Double> weights;
    private final double total;

    private KeyHeat(NavigableMap<Long, Double> weights, double total) {
        this.weights = weights;
        this.total = total;
    }

    /** A key, by its hash, with its share of the consumption, from 0 to 1. */
    public record Key(long hash, double share) {}

    /**
     * @param sample of the accessed keys, each entry as heavy as any other
     * @param weight of the whole sample
     */
    static KeyHeat of(long[] sample, double weight) {
        if (sample.length == 0 || weight <= 0) {
            return NONE;
        }
        var weights = new TreeMap<Long, Double>(Long::compareUnsigned);
        for (long hash : sample) {
            weights.merge(hash, weight / sample.length, Double::sum);
        }
        return new KeyHeat(weights, weight);
    }

    /** @param entries hashes with their weights */
    static KeyHeat of(List<Map.Entry<Long, Double>> entries) {
        var weights = new TreeMap<Long, Double>(Long::compareUnsigned);
        double total = 0;
        for (Map.Entry<Long, Double> entry : entries) {
            weights.merge(entry.getKey(), entry.getValue(), Double::sum);
            total += entry.getValue();
        }
        return new KeyHeat(weights, total);
    }

    KeyHeat plus(KeyHeat other) {
        if (other.weights.isEmpty()) {
            return this;
        }
        var sum = new TreeMap<>(weights);
        other.weights.forEach((hash, weight) -> sum.merge(hash, weight, Double::sum));
        return new KeyHeat(sum, total + other.total);
    }

    /**
     * The same heat with fewer keys: where there are too many, neighbours are represented by the heaviest of them. Its
     * cut is about the same, and a dominant key stays one.
     */
    KeyHeat condensed(int most) {
        if (weights.size() <= most) {
            return this;
        }
        int group = Math.ceilDiv(weights.size(), most);
        var fewer = new TreeMap<Long, Double>(Long::compareUnsigned);
        var neighbours = new ArrayList<Map.Entry<Long, Double>>(group);
        for (Map.Entry<Long, Double> entry : weights.entrySet()) {
            neighbours.add(entry);
            if (neighbours.size() == group) {
                represent(neighbours, fewer);
            }
        }
        represent(neighbours, fewer);
        return new KeyHeat(fewer, total);
    }

    private static void represent(List<Map.Entry<Long, Double>> neighbours, Map<Long, Double> fewer) {
        neighbours.stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(heaviest -> fewer.put(
                        heaviest.getKey(),
                        neighbours.stream().mapToDouble(Map.Entry::getValue).sum()));
        neighbours.clear();
    }

    void forEach(BiConsumer<Long, Double> each) {
        weights.forEach(each);
    }

    int size() {
        return weights.size();
    }

    /** The keys with the largest shares, the largest first. */
    public List<Key> hottest(int most) {
        return weights.entrySet().stream()
                .sorted(Map.Entry.<Long, Double>comparingByValue().reversed())
                .limit(most)
                .map(entry -> new Key(entry.getKey(), entry.getValue() / total))
                .toList();
    }

    /** The key with more than half of the heat, if there is one. */
    OptionalLong dominant() {
        return weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(entry -> entry.getValue() > DOMINANT * total)
                .map(entry -> OptionalLong.of(entry.getKey()))
                .orElse(OptionalLong.empty());
    }

    /**
     * Where to split a partition so that its halves have about as much heat each: the last hash of the first child. A key
     * with more than half of the heat is cut off from the keys before it, or if there is no hash before it, from those
     * after it. Empty if one key has all of the heat, because a split would divide nothing.
     */
    Optional<Long> cut(Partition partition) {
        if (weights.size() < 2 || partition.first() == partition.last()) {
            return Optional.empty();
        }
        OptionalLong dominant = dominant();
        return dominant.isPresent() ? isolating(dominant.getAsLong(), partition) : Optional.of(median());
    }

    /** The next cut that brings a key to a partition of its own; empty if it is there. */
    static Optional<Long> isolating(long hash, Partition partition) {
        if (partition.first() == partition.last()) {
            return Optional.empty();
        }
        return Optional.of(hash == partition.first() ? hash : hash - 1);
    }

    /** The middle between two keys, where the weight before comes closest to half. */
    private long median() {
        record Gap(long before, long after, double imbalance) {
            long middle() {
                return before + Long.divideUnsigned(after - before, 2);
            }
        }
        var gaps = new ArrayList<Gap>();
        double sum = 0;
        Long before = null;
        for (Map.Entry<Long, Double> entry : weights.entrySet()) {
            if (before != null) {
                gaps.add(new Gap(before, entry.getKey(), Math.abs(sum - total / 2)));
            }
            sum += entry.getValue();
            before = entry.getKey();
        }
        return gaps.stream()
                .min(Comparator.comparingDouble(Gap::imbalance))
                .orElseThrow()
                .middle();
    }
}
