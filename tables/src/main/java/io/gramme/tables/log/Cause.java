package io.gramme.tables.log;

import java.util.Arrays;

/** The origin of a change: which kind of write made it. */
public enum Cause {
    /** A single write or a batch of a client. */
    CLIENT(1),
    /** A transaction of a client: all changes of one version belong to it. */
    TRANSACTION(2),
    /** The sweep that deletes expired items. */
    TIME_TO_LIVE(3),
    /** Replication from another region. */
    REPLICATION(4);

    private final byte code;

    Cause(int code) {
        this.code = (byte) code;
    }

    /** The stored form. */
    byte code() {
        return code;
    }

    static Cause of(byte code) {
        return Arrays.stream(values())
                .filter(cause -> cause.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("unknown cause in a log: code=" + code));
    }
}
