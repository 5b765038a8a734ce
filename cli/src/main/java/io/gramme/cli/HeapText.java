package io.gramme.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the heap size of a Cassandra node into megabytes: {@code 1024}, {@code 512MB}, {@code 2GB}. */
final class HeapText implements ITypeConverter<Integer> {
    private static final int LEAST = 256;
    private static final int MOST = 1 << 20;
    private static final int MEGABYTE_BITS = 20;

    @Override
    public Integer convert(String text) {
        long megabytes =
                text.matches("\\d{1,9}") ? Long.parseLong(text) : new SizeText().convert(text) >> MEGABYTE_BITS;
        if (megabytes < LEAST || megabytes > MOST) {
            throw new TypeConversionException("a node needs a heap of 256MB to 1TB, not " + text);
        }
        return (int) megabytes;
    }
}
