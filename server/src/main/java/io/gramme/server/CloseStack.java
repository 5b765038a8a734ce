package io.gramme.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a server has started, to be closed in reverse. */
final class CloseStack implements AutoCloseable {
    /** Something to be closed, and nothing that can fail in doing so but by a bug or a broken disk. */
    @FunctionalInterface
    interface Part {
        void close();
    }

    private final Deque<Part> started = new ArrayDeque<>();

    void push(Part part) {
        started.push(part);
    }

    /** Closes all, even if one fails to; the first failure is thrown when all are closed. */
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
