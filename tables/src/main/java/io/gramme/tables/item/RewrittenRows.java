package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.HashRange;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.job.Job;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TimeToLive;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows of a table and of its indexes, for a job that writes each of them again as it is: place after place, each in hash
 * order. Records of the log and images of the history are not among them.
 */
public final class RewrittenRows {
    private RewrittenRows() {}

    /** Rows of one kind. In the order of places those of a new index come last, so that none of them is left out. */
    private record Place(TablespaceId tablespace, int kind) implements Comparable<Place> {
        private static final int LENGTH = Long.BYTES + 1;

        Bytes encode() {
            return Bytes.ofLong(tablespace.number()).plus(Bytes.of(kind));
        }

        static Place decode(Bytes cursor) {
            return new Place(new TablespaceId(cursor.longAt(0)), cursor.at(Long.BYTES));
        }

        @Override
        public int compareTo(Place other) {
            return encode().compareTo(other.encode());
        }
    }

    private static SortedSet<Place> places(Table table) {
        var places = new TreeSet<Place>();
        places.add(new Place(table.tablespace(), Rows.ITEM));
        if (table.hasLocalIndexes()) {
            places.add(new Place(table.tablespace(), Rows.COLLECTION));
        }
        for (SecondaryIndex index : table.indexes()) {
            TablespaceId tablespace = index.isLocal() ? table.tablespace() : index.tablespace();
            places.add(new Place(tablespace, Rows.kind(index)));
        }
        table.timeToLive().map(TimeToLive::tablespace).ifPresent(one -> places.add(new Place(one, Rows.ITEM)));
        return places;
    }

    /**
     * What a part of a job has to read next; empty at its end.
     *
     * @param cursor of the part
     */
    public static Optional<HashRange> next(Table table, Job.Range range, Optional<Bytes> cursor) {
        Optional<Place> reached = cursor.map(Place::decode);
        Optional<RowKey> after = cursor.filter(at -> at.length() > Place.LENGTH)
                .map(at -> RowCursor.decode(Place.decode(at).tablespace(), at.from(Place.LENGTH)));
        return places(table).stream()
                .filter(place -> reached.isEmpty()
                        || place.compareTo(reached.get()) > 0
                        || (after.isPresent() && place.equals(reached.get())))
                .findFirst()
                .map(place -> new HashRange(
                        place.tablespace(),
                        place.kind(),
                        range.from(),
                        range.to(),
                        after.filter(_ -> Optional.of(place).equals(reached))));
    }

    /**
     * The cursor of a part.
     *
     * @param last the last row that was read of a place; empty if the place was read to its end
     */
    public static Bytes cursor(HashRange read, Optional<RowKey> last) {
        Bytes place = new Place(read.tablespace(), read.kind()).encode();
        return last.map(row -> place.plus(RowCursor.encode(row))).orElse(place);
    }

    /**
     * The value with which a row is written again. In a replicated table the row of an item has to say when it was written, for
     * its version no longer does.
     */
    public static Bytes value(Table table, Row row) {
        boolean isItem = row.key().partition().tablespace().equals(table.tablespace())
                && row.key().sort().at(0) == Rows.ITEM;
        if (!table.isReplicated() || !isItem) {
            return row.value();
        }
        StoredItem item = StoredItem.decode(row.value());
        return item.from(Stamp.of(table, row, item)).encode();
    }
}
