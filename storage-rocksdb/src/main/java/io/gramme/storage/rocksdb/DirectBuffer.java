package io.gramme.storage.rocksdb;

import java.nio.ByteBuffer;

/** A buffer outside the heap, which is filled again for each of many runs of bytes. Used by one thread at a time. */
final class DirectBuffer {
    private static final int FIRST_CAPACITY = 4 << 10;

    private ByteBuffer content = ByteBuffer.allocateDirect(FIRST_CAPACITY);

    /** The buffer, empty, with room for this many bytes. What it held before is lost. */
    ByteBuffer cleared(int capacity) {
        if (content.capacity() < capacity) {
            content = ByteBuffer.allocateDirect(Integer.highestOneBit(capacity) << 1);
        }
        return content.clear();
    }
}
