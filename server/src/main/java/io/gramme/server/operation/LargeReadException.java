package io.gramme.server.operation;

/**
 * A read turned out larger than the memory it was admitted with, and must begin again with more. Only operations that
 * change nothing throw it, and no client sees it.
 */
public final class LargeReadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LargeReadException() {
        super("read is larger than admitted", null, false, false);
    }
}
