package io.gramme.consistency;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The versions of an item, numbered in their order: 0 is the item before it existed, {@code 2k} its list of k elements,
 * and {@code 2k + 1} its absence after it was removed at k elements, if it was.
 *
 * <p>Since elements are only ever appended, one list tells the order of all versions before it. So no search is needed,
 * as it is where a write hides the previous value.
 */
final class Versions {
    static final int NOT_YET = 0;

    private static final int NO_WRITER = -1;

    private final String item;
    private final List<Long> elements;
    private final Map<Long, Integer> places = new HashMap<>();

    /** The writer of each version, as far as that is certain. */
    private final int[] writers;

    private final boolean[] absent;

    /** @param elements the longest list that was seen */
    Versions(String item, List<Long> elements) {
        this.item = item;
        this.elements = elements;
        for (int i = 0; i < elements.size(); i++) {
            places.putIfAbsent(elements.get(i), i + 1);
        }
        this.writers = new int[removedAt(elements.size()) + 1];
        Arrays.fill(writers, NO_WRITER);
        this.absent = new boolean[writers.length];
        this.absent[NOT_YET] = true;
    }

    static int removedAt(int count) {
        return 2 * count + 1;
    }

    List<Long> elements() {
        return elements;
    }

    int count() {
        return writers.length;
    }

    /** The version with this list, if the item ever had it. */
    OptionalInt of(List<Long> list) {
        boolean begins = list.size() <= elements.size()
                && elements.subList(0, list.size()).equals(list);
        return begins && !list.isEmpty() ? OptionalInt.of(2 * list.size()) : OptionalInt.empty();
    }

    /** The version of which this is the last element. */
    OptionalInt endingWith(long element) {
        Integer place = places.get(element);
        return place == null ? OptionalInt.empty() : OptionalInt.of(2 * place);
    }

    /** Records that the item may have been absent in this version. */
    void mayBeAbsent(int version) {
        absent[version] = true;
    }

    boolean isMaybeAbsent(int version) {
        return absent[version];
    }

    void wrote(int operation, int version) {
        if (!hasWriter(version)) {
            writers[version] = operation;
        }
    }

    /** The last version up to this one whose writer is certain. */
    OptionalInt writtenUpTo(int version) {
        for (int i = version; i >= 0; i--) {
            if (hasWriter(i)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The first version after this one whose writer is certain. */
    OptionalInt writtenAfter(int version) {
        for (int i = version + 1; i < writers.length; i++) {
            if (hasWriter(i)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    boolean hasWriter(int version) {
        return writers[version] != NO_WRITER;
    }

    int writer(int version) {
        return writers[version];
    }

    String describe(int version) {
        if (version == NOT_YET) {
            return item + " absent";
        }
        List<Long> list = elements.subList(0, version / 2);
        String text = item + " " + Operation.describe(Optional.of(list));
        return version % 2 == 0 ? text : text + " removed";
    }
}
