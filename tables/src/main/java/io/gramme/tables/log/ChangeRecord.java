package io.gramme.tables.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.StoredItem.Origin;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.TableLog.Images;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One change of one item, as the log of its table stores it. Its time and its order among other changes follow from its
 * position.
 *
 * @param before the item before the change, if there was one and the log carries it
 * @param after the item after the change, if there is one and the log carries it
 * @param origin of the write; absent if it was made in this region, at the time of the record's version
 */
public record ChangeRecord(
        Cause cause, Event event, Item keys, Optional<Item> before, Optional<Item> after, Optional<Origin> origin) {
    /** In the byte of the cause: an origin follows. */
    private static final int ORIGIN = 0x80;

    /** The bytes in front of the origin, or of the keys. */
    private static final int HEAD = 2;

    /** The record of a write that was made in this region, at the time of the record's version. */
    public ChangeRecord(Cause cause, Event event, Item keys, Optional<Item> before, Optional<Item> after) {
        this(cause, event, keys, before, after, Optional.empty());
    }

    /** The effect of a change on the item. */
    public enum Event {
        INSERT(1),
        MODIFY(2),
        REMOVE(3);

        private final byte code;

        Event(int code) {
            this.code = (byte) code;
        }

        private static Event of(byte code) {
            return Arrays.stream(values())
                    .filter(event -> event.code == code)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("unknown event in a log: code=" + code));
        }

        static Event of(boolean wasThere, boolean isThere) {
            if (!wasThere) {
                return INSERT;
            }
            return isThere ? MODIFY : REMOVE;
        }
    }

    /**
     * The record of a write that did change the item.
     *
     * @param keys the names of the key's attributes
     */
    public static ChangeRecord of(
            Cause cause, List<String> keys, Optional<Item> before, Optional<Item> after, Images images) {
        Item some = after.or(() -> before).orElseThrow();
        return new ChangeRecord(
                        cause,
                        Event.of(before.isPresent(), after.isPresent()),
                        some.only(keys),
                        before,
                        after,
                        Optional.empty())
                .showing(images);
    }

    /** The same of a write that another region made, or at another time than that of the record's version. */
    public ChangeRecord from(Optional<Origin> other) {
        return new ChangeRecord(cause, event, keys, before, after, other);
    }

    /** The record without the images that are not among {@code images}. */
    public ChangeRecord showing(Images images) {
        return new ChangeRecord(
                cause, event, keys, before.filter(_ -> images.before()), after.filter(_ -> images.after()), origin);
    }

    /** The size of the record as the service shows it: that of its keys and of its images. */
    public long sizeBytes() {
        return (long) ItemSize.of(keys) + size(before) + size(after);
    }

    private static long size(Optional<Item> image) {
        return image.map(ItemSize::of).orElse(0);
    }

    /*
     * cause (1) | event (1) | length of keys (4) | keys | length of before, -1 for none (4) | before | after, if any
     *
     * After the event, if the cause says so: length of the region (1) | region | timestamp (8)
     */

    public Bytes encode() {
        Bytes key = ItemCodec.encode(keys);
        Optional<Bytes> old = before.map(ItemCodec::encode);
        Optional<Bytes> current = after.map(ItemCodec::encode);
        Optional<Bytes> region = origin.map(from -> Bytes.utf8(from.region()));
        int length = HEAD
                + region.map(name -> 1 + name.length() + Long.BYTES).orElse(0)
                + 2 * Integer.BYTES
                + key.length()
                + old.map(Bytes::length).orElse(0)
                + current.map(Bytes::length).orElse(0);
        var bytes = ByteBuffer.allocate(length);
        bytes.put((byte) (cause.code() | (origin.isPresent() ? ORIGIN : 0))).put(event.code);
        region.ifPresent(name -> bytes.put((byte) name.length())
                .put(name.shared())
                .putLong(origin.orElseThrow().timestamp()));
        bytes.putInt(key.length()).put(key.shared());
        bytes.putInt(old.map(Bytes::length).orElse(-1));
        old.ifPresent(image -> bytes.put(image.shared()));
        current.ifPresent(image -> bytes.put(image.shared()));
        return Bytes.wrap(bytes.array());
    }

    /** A hash of the keys, computed from the stored bytes: equal for all records of one item, and rarely for others. */
    public static long hashOfKeys(Bytes record) {
        int keys = HEAD + ((record.at(0) & ORIGIN) == 0 ? 0 : 1 + record.at(HEAD) + Long.BYTES);
        int length = record.intAt(keys);
        int from = keys + Integer.BYTES;
        return new PartitionKey(
                        TablespaceId.CATALOG, Bytes.wrap(Arrays.copyOfRange(record.shared(), from, from + length)))
                .hash();
    }

    public static ChangeRecord decode(Bytes record) {
        var bytes = ByteBuffer.wrap(record.shared());
        byte first = bytes.get();
        Cause cause = Cause.of((byte) (first & ~ORIGIN));
        Event event = Event.of(bytes.get());
        Optional<Origin> origin = (first & ORIGIN) == 0 ? Optional.empty() : Optional.of(origin(bytes));
        Item keys = item(bytes, bytes.getInt());
        int old = bytes.getInt();
        Optional<Item> before = old < 0 ? Optional.empty() : Optional.of(item(bytes, old));
        Optional<Item> after = bytes.hasRemaining() ? Optional.of(item(bytes, bytes.remaining())) : Optional.empty();
        return new ChangeRecord(cause, event, keys, before, after, origin);
    }

    private static Origin origin(ByteBuffer bytes) {
        byte[] region = new byte[Byte.toUnsignedInt(bytes.get())];
        bytes.get(region);
        return new Origin(new String(region, UTF_8), bytes.getLong());
    }

    private static Item item(ByteBuffer bytes, int length) {
        byte[] image = new byte[length];
        bytes.get(image);
        return ItemCodec.decode(Bytes.wrap(image));
    }
}
