package io.gramme.storage.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A column family of the database. */
enum Family {
    /** The rows, see {@link RowCodec}. */
    ROWS("rows"),

    /** The highest version ever written. */
    META("meta"),

    /** The records of logs, with keys and values as rows have them. */
    LOG("log"),

    /** The images of rows before their changes, see {@link HistoryCodec}. */
    HISTORY("history");

    /** Those that directories of all formats have. */
    static final List<Family> OF_ALL_FORMATS = List.of(ROWS, META);

    private final String text;

    Family(String text) {
        this.text = text;
    }

    byte[] encodedName() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
