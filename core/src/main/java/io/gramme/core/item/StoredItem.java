package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.bytes.Utf8;
import java.util.Comparator;
import java.util.Optional;

/**
 * The row of an item: the item or a tombstone, and optionally the origin of its last write.
 *
 * <pre>
 * row := flags(1) [origin] [attributes]
 *          VALUE      0x01  the item exists: its attributes follow, as {@link ItemCodec} writes them
 *          TOMBSTONE  0x02  the item was deleted; nothing follows
 *          ORIGIN     0x04  region := size(varint) utf8, then timestamp(8)
 * </pre>
 *
 * <p>Exactly one of VALUE and TOMBSTONE is set. An absent member takes no bytes, so the row of an item that no other
 * region wrote is its flags and its attributes: byte for byte what data directories of format 1 hold. Unknown flags are
 * refused and never skipped, so that a row of a newer format is not misread.
 *
 * @param item absent in a tombstone
 * @param origin absent if the write was made here; the row's own version is its timestamp then
 */
public record StoredItem(Optional<Item> item, Optional<Origin> origin) {
    static final int VALUE = 0x01;
    static final int TOMBSTONE = 0x02;
    static final int ORIGIN = 0x04;
    private static final int KNOWN = VALUE | TOMBSTONE | ORIGIN;

    /**
     * The region and the time of a write. Of two writes of one item the later one holds; the names of the regions decide
     * between writes of one time.
     *
     * @param region its name, such as eu-west-1
     * @param timestamp of that region's hybrid clock, in microseconds since 1970
     */
    public record Origin(String region, long timestamp) implements Comparable<Origin> {
        private static final Comparator<Origin> ORDER =
                Comparator.comparingLong(Origin::timestamp).thenComparing(Origin::region);

        @Override
        public int compareTo(Origin other) {
            return ORDER.compare(this, other);
        }
    }

    /** An item that was written here. */
    public static StoredItem of(Item item) {
        return new StoredItem(Optional.of(item), Optional.empty());
    }

    /** A deletion that other regions must learn of. */
    public static StoredItem tombstone(Optional<Origin> origin) {
        return new StoredItem(Optional.empty(), origin);
    }

    public StoredItem from(Origin region) {
        return new StoredItem(item, Optional.of(region));
    }

    /** The item in a row as readers see it; empty if it was deleted. */
    public static Optional<Item> item(Bytes row) {
        return decode(row).item();
    }

    public Bytes encode() {
        int originLength = origin.isPresent()
                ? ByteSink.sizedLength(Utf8.length(origin.get().region())) + Long.BYTES
                : 0;
        int itemLength =
                item.isPresent() ? ItemCodec.attributesLength(item.get().attributes()) : 0;
        var sink = new ByteSink(1 + originLength + itemLength);
        sink.put((item.isPresent() ? VALUE : TOMBSTONE) | (origin.isPresent() ? ORIGIN : 0));
        origin.ifPresent(from -> {
            sink.putSized(from.region());
            sink.putLong(from.timestamp());
        });
        item.ifPresent(present -> ItemCodec.putAttributes(sink, present.attributes()));
        return sink.bytes();
    }

    /**
     * The inverse of {@link #encode}. The item stays in its stored form until an attribute is asked for.
     *
     * @throws IllegalStateException if the row has flags that this version does not know
     */
    public static StoredItem decode(Bytes row) {
        int flags = row.at(0);
        if (flags == VALUE) {
            return of(Item.stored(row));
        }
        boolean deleted = (flags & TOMBSTONE) != 0;
        if ((flags & ~KNOWN) != 0 || deleted == ((flags & VALUE) != 0)) {
            throw new IllegalStateException("row of an unknown format: flags=" + flags);
        }
        var source = new ByteSource(row.shared());
        source.skip(1);
        Optional<Origin> origin = (flags & ORIGIN) == 0
                ? Optional.empty()
                : Optional.of(new Origin(source.nextText(), source.nextLong()));
        return new StoredItem(deleted ? Optional.empty() : Optional.of(Item.stored(row, source.position())), origin);
    }
}
