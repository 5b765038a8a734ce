package io.gramme.recovery.load;

import io.gramme.core.bytes.Bytes;
import io.gramme.recovery.load.Import.Totals;
import java.nio.charset.StandardCharsets;

/**
 * How far a part of an import has come, with all that it has read: so that a step that runs again counts nothing twice.
 *
 * @param object the key of the object that it reads; empty before the first
 * @param next the number of the record to read next in the object; -1 if the object has been read
 * @param objectBytes of the object, as it is stored, that are in the totals
 */
record ImportCursor(String object, long next, long objectBytes, Totals totals) {
    static final ImportCursor START = new ImportCursor("", -1, 0, Totals.ZERO);

    private static final int NUMBERS = 5;

    Bytes encode() {
        return Bytes.ofLong(next)
                .plus(Bytes.ofLong(objectBytes))
                .plus(Bytes.ofLong(totals.items()))
                .plus(Bytes.ofLong(totals.errors()))
                .plus(Bytes.ofLong(totals.bytes()))
                .plus(Bytes.utf8(object));
    }

    static ImportCursor decode(Bytes code) {
        return new ImportCursor(
                new String(code.from(NUMBERS * Long.BYTES).toArray(), StandardCharsets.UTF_8),
                code.longAt(0),
                code.longAt(Long.BYTES),
                new Totals(code.longAt(2 * Long.BYTES), code.longAt(3 * Long.BYTES), code.longAt(4 * Long.BYTES)));
    }
}
