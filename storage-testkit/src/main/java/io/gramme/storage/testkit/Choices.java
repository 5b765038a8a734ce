package io.gramme.storage.testkit;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses the steps of a {@link SeededHistory}. Keys come from a small set with awkward members, so that steps share
 * rows.
 */
final class Choices {
    static final Set<Integer> KINDS = Set.of(0, 1, 7, 0xff);

    private static final int[] KIND_CHOICES = {0, 1, 7, 0xff};
    private static final int[] SORT_BYTES = {0, 1, 'a', 0xff};
    private static final int MAX_ROWS_OF_A_TRANSACTION = 6;
    private static final int MAX_VALUE = 60;
    private static final int LARGE_VALUE = 20_000;
    private static final List<Bytes> PARTITIONS = Stream.concat(
                    SweepContract.COLLIDING.stream(),
                    Stream.of("", "\0", "\0\0", "a", "a\0", "ab", "b", "ÿÿ", "long".repeat(500))
                            .map(Bytes::utf8))
            .toList();

    private final Random random;
    private final TablespaceId[] tablespaces = {new TablespaceId(1), new TablespaceId(2)};
    private long lastTablespace = 2;

    Choices(long seed) {
        this.random = new Random(seed);
    }

    /** The tablespaces that may be written from now on. */
    Set<TablespaceId> tablespaces() {
        return Set.of(tablespaces[0], tablespaces[1]);
    }

    Step next() {
        int of1000 = random.nextInt(1000);
        if (of1000 < 2) {
            return new Step.Reopen();
        }
        if (of1000 < 4) {
            return drop();
        }
        if (of1000 < 600) {
            return transact();
        }
        if (of1000 < 700) {
            return new Step.Get(key());
        }
        if (of1000 < 850) {
            return new Step.Scan(partition(), range(), direction(), budget());
        }
        return new Step.Sweep(hashRange(), budget());
    }

    /** Steps that read everything. */
    List<Step> sweepsOf(Set<TablespaceId> every) {
        return every.stream()
                .flatMap(tablespace ->
                        KINDS.stream().<Step>map(kind -> new Step.Sweep(HashRange.whole(tablespace, kind), Walk.AMPLE)))
                .toList();
    }

    private Step drop() {
        int which = random.nextInt(tablespaces.length);
        TablespaceId dropped = tablespaces[which];
        tablespaces[which] = new TablespaceId(++lastTablespace);
        return new Step.Drop(dropped);
    }

    private Step transact() {
        Set<RowKey> reads = new LinkedHashSet<>();
        int count = random.nextBoolean() ? 1 : 1 + random.nextInt(MAX_ROWS_OF_A_TRANSACTION);
        for (int i = 0; i < count; i++) {
            reads.add(key());
        }
        List<Write> writes = new ArrayList<>();
        for (RowKey key : reads) {
            switch (random.nextInt(8)) {
                case 0 -> writes.add(new Write.Delete(key));
                case 1 -> {
                    // Only read.
                }
                default -> writes.add(new Write.Put(key, value()));
            }
        }
        int refusal = random.nextInt(20) == 0 ? 1 : Integer.MAX_VALUE;
        return new Step.Transact(List.copyOf(reads), writes, refusal);
    }

    private RowKey key() {
        return new RowKey(partition(), sort());
    }

    private PartitionKey partition() {
        return new PartitionKey(
                tablespaces[random.nextInt(tablespaces.length)], PARTITIONS.get(random.nextInt(PARTITIONS.size())));
    }

    private Bytes sort() {
        Bytes sort = Bytes.of(kind());
        for (int i = random.nextInt(3); i > 0; i--) {
            sort = sort.plus(Bytes.of(SORT_BYTES[random.nextInt(SORT_BYTES.length)]));
        }
        return sort;
    }

    private int kind() {
        return KIND_CHOICES[random.nextInt(KIND_CHOICES.length)];
    }

    private Bytes value() {
        byte[] value = new byte[random.nextInt(50) == 0 ? LARGE_VALUE : random.nextInt(MAX_VALUE)];
        random.nextBytes(value);
        return Bytes.copyOf(value);
    }

    private Range range() {
        Bytes from = random.nextInt(3) == 0 ? Bytes.EMPTY : sort();
        return new Range(from, random.nextInt(3) == 0 ? Optional.empty() : Optional.of(sort()));
    }

    private Direction direction() {
        return random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
    }

    private Budget budget() {
        int rows = random.nextBoolean() ? 1 + random.nextInt(5) : 1000;
        long bytes = random.nextBoolean() ? 1 + random.nextInt(4 * MAX_VALUE) : 1 << 20;
        return new Budget(rows, bytes);
    }

    private HashRange hashRange() {
        TablespaceId tablespace = tablespaces[random.nextInt(tablespaces.length)];
        int total = 1 + random.nextInt(4);
        HashRange range = HashRange.segment(tablespace, kind(), random.nextInt(total), total);
        if (random.nextBoolean()) {
            return range;
        }
        Bytes partition = PARTITIONS.get(random.nextInt(PARTITIONS.size()));
        Bytes sort = Bytes.of(range.kind()).plus(sort());
        return range.after(new RowKey(new PartitionKey(tablespace, partition), sort));
    }
}
