package io.gramme.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses one of an enum's names, in any case; the refusal of any other word lists them all. */
abstract class EnumText<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] values;

    EnumText(E[] values) {
        this.values = values.clone();
    }

    @Override
    public E convert(String text) {
        return Stream.of(values)
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of " + words()));
    }

    private String words() {
        List<E> all = List.of(values);
        return all.stream().map(value -> value.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }
}
