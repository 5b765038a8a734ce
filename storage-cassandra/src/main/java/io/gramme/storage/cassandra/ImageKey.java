package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.engine.EscapedSort;

/**
 * The sort bytes of images. Those of one row are together, in the order of its changes, and have the place among the
 * images of the partition that the row has among its rows.
 *
 * <pre>
 * sort bytes of the row, 00 as 00 ff | 00 00 | version of the change (8)
 * </pre>
 */
final class ImageKey {
    private ImageKey() {}

    static Bytes of(Bytes sort, long version) {
        return begin(sort).plus(Bytes.ofLong(version));
    }

    /** What is not above any image of that row or of a later one, and above all images of earlier rows. */
    static Bytes begin(Bytes sort) {
        return EscapedSort.of(sort);
    }

    /** What is above all images of that row, and below those of later rows. */
    static Bytes end(Bytes sort) {
        return of(sort, -1);
    }

    static Bytes row(Bytes key) {
        return EscapedSort.decode(key.shared(), 0, key.length() - Long.BYTES);
    }

    static long version(Bytes key) {
        return key.longAt(key.length() - Long.BYTES);
    }
}
