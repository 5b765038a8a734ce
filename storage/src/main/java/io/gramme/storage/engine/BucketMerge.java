package io.gramme.storage.engine;

import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Merges the buckets of a row history into a page: of a row that changed in several of them, the change in the earliest
 * one. For engines that keep the images of each span of time in a bucket of their own, so that they can delete them as
 * a whole.
 */
public final class BucketMerge {

    /**
     * The rows that changed in one bucket after a position, once each, in the order of the page.
     *
     * @param <K> where a row lies, in the engine's order
     */
    public interface Bucket<K extends Comparable<K>> {
        /** Whether it stands on a row, as opposed to after the last one. */
        boolean hasRow();

        K place();

        /** The row before its first change after the position. */
        PastRow row();

        void advance();
    }

    private record Ranked<K extends Comparable<K>>(int rank, Bucket<K> bucket) {}

    private BucketMerge() {}

    /** @param buckets earliest first, all as of one moment */
    public static <K extends Comparable<K>> PastPage page(
            List<? extends Bucket<K>> buckets, Direction direction, Budget budget) {
        Comparator<K> places = switch (direction) {
            case FORWARD -> Comparator.naturalOrder();
            case BACKWARD -> Comparator.reverseOrder();
        };
        var heads = new PriorityQueue<Ranked<K>>(
                Comparator.<Ranked<K>, K>comparing(head -> head.bucket().place(), places)
                        .thenComparingInt(Ranked::rank));
        for (int i = 0; i < buckets.size(); i++) {
            if (buckets.get(i).hasRow()) {
                heads.add(new Ranked<>(i, buckets.get(i)));
            }
        }
        List<PastRow> rows = new ArrayList<>();
        long bytes = 0;
        Optional<K> last = Optional.empty();
        while (!heads.isEmpty()) {
            Ranked<K> head = heads.remove();
            K place = head.bucket().place();
            if (!last.equals(Optional.of(place))) {
                if (rows.size() >= budget.rows()) {
                    return new PastPage(rows, false);
                }
                PastRow row = head.bucket().row();
                int length = row.before().map(value -> value.length()).orElse(0);
                if (!rows.isEmpty() && bytes + length > budget.bytes()) {
                    return new PastPage(rows, false);
                }
                rows.add(row);
                bytes += length;
                last = Optional.of(place);
            }
            head.bucket().advance();
            if (head.bucket().hasRow()) {
                heads.add(head);
            }
        }
        return new PastPage(rows, true);
    }
}
