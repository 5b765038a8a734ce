package io.gramme.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** The started parts of a server, closed in reverse order. */
final class CloseStack implements AutoCloseable {
    /** A part to be closed. Closing fails only because of a bug or a broken disk. */
    @FunctionalInterface
    interface Part {
        void close();
    }

    private final Deque<Part> started = new ArrayDeque<>();

    void push(Part part) {
        started.push(part);
    }

    /** Closes all parts, even if one of them fails to close; throws the first failure once all are closed. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
