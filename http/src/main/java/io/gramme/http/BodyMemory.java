package io.gramme.http;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the bodies of all requests and responses of a server use together, and its bound. */
final class BodyMemory {
    private final long bound;
    private final AtomicLong held = new AtomicLong();

    BodyMemory(long bound) {
        this.bound = bound;
    }

    boolean reserve(long bytes) {
        if (held.addAndGet(bytes) <= bound) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
