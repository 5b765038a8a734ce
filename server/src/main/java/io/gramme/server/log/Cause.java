package io.gramme.server.log;

import java.util.Arrays;

/** Who made a change. */
public enum Cause {
    /** A client, with one write or a batch. */
    CLIENT(1),
    /** A client, with a transaction: all changes of one version belong to it. */
    TRANSACTION(2),
    /** The sweep of items whose time to live has passed. */
    TIME_TO_LIVE(3),
    /** Another region, whose change was made here, too. */
    REPLICATION(4);

    private final byte code;

    Cause(int code) {
        this.code = (byte) code;
    }

    /** How it lies in storage. */
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
