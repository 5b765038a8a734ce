package io.gramme.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a time on the command line: {@code 2026-11-30T14:03:00Z}, {@code 2026-11-30T15:03:00+01:00}. */
final class MomentText implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return Instant.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException _) {
            throw new TypeConversionException("'" + text + "' is not a time such as 2026-11-30T14:03:00Z");
        }
    }
}
