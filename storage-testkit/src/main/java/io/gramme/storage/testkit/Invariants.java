package io.gramme.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The invariants of every store without concurrent writes: all kinds of reads agree with one another.
 *
 * <ul>
 *   <li>A sweep ascends in hashes, never leaves a partition and comes back to it, and ascends in sort bytes within
 *       each.
 *   <li>Small pages make up the same sweep as one large page, and so do segments.
 *   <li>A scan finds the rows of a partition that sweeps of all kinds find there, and backward the same in reverse.
 *   <li>A get finds each of these rows, and equal.
 * </ul>
 */
public final class Invariants {
    private static final int SEGMENTS = 5;
    private static final Budget SMALL = new Budget(3, 1000);

    private Invariants() {}

    /** @param kinds all that were ever written to these tablespaces */
    public static void check(RowStore store, Set<TablespaceId> tablespaces, Set<Integer> kinds) {
        for (TablespaceId tablespace : tablespaces) {
            List<Row> swept = new ArrayList<>();
            for (int kind : kinds) {
                swept.addAll(checkSweep(store, tablespace, kind));
            }
            checkPartitions(store, swept);
        }
    }

    private static List<Row> checkSweep(RowStore store, TablespaceId tablespace, int kind) {
        List<Row> rows = Walk.sweep(store, HashRange.whole(tablespace, kind));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.key().partition().tablespace()).isEqualTo(tablespace);
            assertThat(row.key().sort().at(0)).isEqualTo(kind);
        });
        checkOrder(rows);
        assertThat(Walk.sweep(store, HashRange.whole(tablespace, kind), SMALL)).isEqualTo(rows);

        List<Row> bySegments = new ArrayList<>();
        for (int segment = 0; segment < SEGMENTS; segment++) {
            bySegments.addAll(Walk.sweep(store, HashRange.segment(tablespace, kind, segment, SEGMENTS)));
        }
        assertThat(bySegments).isEqualTo(rows);
        return rows;
    }

    private static void checkOrder(List<Row> rows) {
        Set<PartitionKey> seen = new HashSet<>();
        Optional<Row> before = Optional.empty();
        for (Row row : rows) {
            if (before.isPresent()
                    && before.get().key().partition().equals(row.key().partition())) {
                assertThat(row.key().sort()).isGreaterThan(before.get().key().sort());
            } else {
                assertThat(seen.add(row.key().partition()))
                        .as("a partition is swept in one piece: " + row)
                        .isTrue();
                long hash = row.key().partition().hash();
                assertThat(before.map(
                                it -> Long.compareUnsigned(it.key().partition().hash(), hash)))
                        .as("hashes go up at " + row)
                        .isNotEqualTo(Optional.of(1));
            }
            before = Optional.of(row);
        }
    }

    private static void checkPartitions(RowStore store, List<Row> swept) {
        Set<Row> scanned = new HashSet<>();
        for (PartitionKey partition :
                swept.stream().map(row -> row.key().partition()).distinct().toList()) {
            List<Row> rows = Walk.scan(store, partition);
            assertThat(Walk.scan(store, partition, Walk.EVERYTHING, Direction.BACKWARD, SMALL))
                    .isEqualTo(rows.reversed());
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.key().partition()).isEqualTo(partition);
                assertThat(Verbs.row(store, row.key())).contains(row);
            });
            scanned.addAll(rows);
        }
        assertThat(scanned).isEqualTo(Set.copyOf(swept));
    }
}
