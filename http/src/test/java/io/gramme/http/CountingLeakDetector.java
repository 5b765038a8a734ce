package io.gramme.http;

import io.netty.util.ResourceLeakDetector;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the buffers that were forgotten. Named in this module's pom, so that every test runs under its eyes. */
public final class CountingLeakDetector<T> extends ResourceLeakDetector<T> {
    static final AtomicInteger LEAKS = new AtomicInteger();

    /** The form that Netty looks for. */
    public CountingLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        LEAKS.incrementAndGet();
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        LEAKS.incrementAndGet();
    }
}
