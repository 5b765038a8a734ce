package io.gramme.recovery.load;

import io.gramme.core.bytes.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * How far a part of a job has come in its objects, with the sums of all that it has read: so that a step that runs
 * again counts nothing twice.
 *
 * @param object the key of the object that it reads; empty before the first
 * @param next the number of the record to read next in the object; -1 if the object has been read
 * @param objectBytes of the object, as it is stored, that are in the sums
 * @param sums in a form of the job's kind; empty before the first step
 */
record ObjectCursor(String object, long next, long objectBytes, Bytes sums) {
    static final ObjectCursor START = new ObjectCursor("", -1, 0, Bytes.EMPTY);

    private static final int HEAD = 2 * Long.BYTES + Integer.BYTES;

    boolean isInObject() {
        return next >= 0;
    }

    ObjectCursor withSums(Bytes changed) {
        return new ObjectCursor(object, next, objectBytes, changed);
    }

    Bytes encode() {
        Bytes key = Bytes.utf8(object);
        return Bytes.ofLong(next)
                .plus(Bytes.ofLong(objectBytes))
                .plus(Bytes.ofInt(key.length()))
                .plus(key)
                .plus(sums);
    }

    static ObjectCursor decode(Bytes code) {
        int length = code.intAt(2 * Long.BYTES);
        Bytes rest = code.from(HEAD);
        byte[] all = rest.toArray();
        return new ObjectCursor(
                new String(all, 0, length, StandardCharsets.UTF_8),
                code.longAt(0),
                code.longAt(Long.BYTES),
                rest.from(length));
    }
}
