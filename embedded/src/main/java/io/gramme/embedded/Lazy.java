package io.gramme.embedded;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** A client that is created on first use. Closing closes it if it was created. Safe for use by many threads. */
final class Lazy<C extends SdkAutoCloseable> {
    private final Supplier<C> maker;
    private @Nullable C made;

    Lazy(Supplier<C> maker) {
        this.maker = maker;
    }

    synchronized C get() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }

    synchronized void close() {
        if (made != null) {
            made.close();
        }
    }
}
