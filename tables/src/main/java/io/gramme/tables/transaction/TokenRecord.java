package io.gramme.tables.transaction;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.TransactionErrors;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored record of a transaction under its token.
 *
 * @param at when the transaction was done
 * @param sizes see {@link TransactionResult.Replayed}
 */
record TokenRecord(Bytes fingerprint, Instant at, List<Long> sizes) {
    TokenRecord {
        sizes = List.copyOf(sizes);
    }

    /** The result for a repeated request with the token. */
    TransactionResult answer(RequestToken token) {
        if (!fingerprint.equals(token.fingerprint())) {
            throw TransactionErrors.parameterMismatch();
        }
        return new TransactionResult.Replayed(sizes);
    }

    Bytes encode() {
        byte[] print = fingerprint.shared();
        var bytes = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + print.length + sizes.size() * Integer.BYTES);
        bytes.putLong(at.toEpochMilli()).putInt(print.length).put(print).putInt(sizes.size());
        sizes.forEach(size -> bytes.putInt(Math.toIntExact(size)));
        return Bytes.wrap(bytes.array());
    }

    static TokenRecord decode(Bytes value) {
        var bytes = ByteBuffer.wrap(value.shared());
        Instant at = Instant.ofEpochMilli(bytes.getLong());
        byte[] print = new byte[bytes.getInt()];
        bytes.get(print);
        int count = bytes.getInt();
        var sizes = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            sizes.add((long) bytes.getInt());
        }
        return new TokenRecord(Bytes.wrap(print), at, sizes);
    }
}
