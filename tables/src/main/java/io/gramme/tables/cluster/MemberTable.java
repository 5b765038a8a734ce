package io.gramme.tables.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot of the members, leases and announcements of a cluster. They are stored in one partition of tablespace 0,
 * so that each change is a commit in one partition, and reading all of them is one read.
 *
 * <pre>
 * COUNTER                  the number of the last announcement
 * MEMBER        id         its number of heartbeats, and the announcement up to which it has applied all
 * LEASE         work       the id of the server that holds it
 * ANNOUNCEMENT  number     what has changed
 * </pre>
 */
record MemberTable(long counter, Map<String, Member> members, Map<String, String> leases) {
    static final PartitionKey PARTITION = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("servers"));

    /** Row kinds that nothing else in tablespace 0 uses, because its rows are swept by kind. */
    private static final Bytes COUNTER = Bytes.of(0x60);

    private static final int MEMBER = 0x61;
    private static final int LEASE = 0x62;
    private static final int ANNOUNCEMENT = 0x63;

    static final RowKey COUNTER_ROW = new RowKey(PARTITION, COUNTER);
    private static final Budget BUDGET = new Budget(10_000, 16L << 20);

    /**
     * @param beats the number of heartbeats written
     * @param taken the last announcement up to which the server has applied everything
     */
    record Member(long beats, long taken) {
        Bytes encode() {
            return Bytes.ofLong(beats).plus(Bytes.ofLong(taken));
        }

        static Member decode(Bytes value) {
            return new Member(value.longAt(0), value.longAt(Long.BYTES));
        }
    }

    MemberTable {
        members = Map.copyOf(members);
        leases = Map.copyOf(leases);
    }

    /** The same table with the row that a server has written since. */
    MemberTable with(String id, Member written) {
        var changed = new HashMap<>(members);
        changed.put(id, written);
        return new MemberTable(counter, changed, leases);
    }

    /** Whether both tables are equal apart from heartbeats. */
    boolean isLike(MemberTable other) {
        return counter == other.counter && leases.equals(other.leases) && taken().equals(other.taken());
    }

    private Map<String, Long> taken() {
        var taken = new HashMap<String, Long>();
        members.forEach((id, member) -> taken.put(id, member.taken()));
        return taken;
    }

    static MemberTable read(RowStore store, Consistency consistency) {
        var range = new Range(COUNTER, Optional.of(Bytes.of(ANNOUNCEMENT)));
        Page page = store.scan(PARTITION, range, Direction.FORWARD, BUDGET, consistency);
        if (!page.exhausted()) {
            throw new IllegalStateException(
                    "too many members and leases: rows=" + page.rows().size());
        }
        long counter = 0;
        var members = new HashMap<String, Member>();
        var leases = new HashMap<String, String>();
        for (Row row : page.rows()) {
            Bytes sort = row.key().sort();
            switch (sort.at(0)) {
                case MEMBER -> members.put(text(sort.from(1)), Member.decode(row.value()));
                case LEASE -> leases.put(text(sort.from(1)), text(row.value()));
                default -> counter = row.value().longAt(0);
            }
        }
        return new MemberTable(counter, members, leases);
    }

    /** The announcements with numbers above {@code after}, as far as they are still stored. */
    static Map<Long, Bytes> announcements(RowStore store, long after) {
        var range = new Range(announcement(after + 1).sort(), Optional.of(Bytes.of(ANNOUNCEMENT + 1)));
        var found = new TreeMap<Long, Bytes>();
        for (Row row : store.scan(PARTITION, range, Direction.FORWARD, BUDGET, Consistency.STRONG)
                .rows()) {
            found.put(row.key().sort().longAt(1), row.value());
        }
        return found;
    }

    static RowKey member(String id) {
        return new RowKey(PARTITION, Bytes.of(MEMBER).plus(Bytes.utf8(id)));
    }

    static RowKey lease(String work) {
        return new RowKey(PARTITION, Bytes.of(LEASE).plus(Bytes.utf8(work)));
    }

    static RowKey announcement(long number) {
        return new RowKey(PARTITION, Bytes.of(ANNOUNCEMENT).plus(Bytes.ofLong(number)));
    }

    static Write put(RowKey key, Bytes value) {
        return new Write.Put(key, value);
    }

    static String text(Bytes bytes) {
        return new String(bytes.shared(), UTF_8);
    }
}
