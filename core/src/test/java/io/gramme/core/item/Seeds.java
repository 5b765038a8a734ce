package io.gramme.core.item;

import java.util.stream.LongStream;

/** Seeds for tests that try many values; a failing one is in the test's name. */
public final class Seeds {
    private Seeds() {}

    public static LongStream some() {
        return LongStream.range(0, 500);
    }
}
