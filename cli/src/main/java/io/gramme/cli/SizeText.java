package io.gramme.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses a number of bytes: {@code 67108864}, {@code 64MB}, {@code 2GiB}. Each unit is 1,024 times the one before it.
 */
final class SizeText implements ITypeConverter<Long> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}) ?(?:([kmgt])(?:i?b)?|b)?", Pattern.CASE_INSENSITIVE);
    private static final List<String> UNITS = List.of("", "K", "M", "G", "T");
    private static final int UNIT_BITS = 10;

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is not a size such as 4096, 64MB or 2GB");
        }
        long number = Long.parseLong(form.group(1));
        int unit = form.group(2) == null ? 0 : UNITS.indexOf(form.group(2).toUpperCase(Locale.ROOT));
        if (number > Long.MAX_VALUE >> (unit * UNIT_BITS)) {
            throw new TypeConversionException("'" + text + "' is too large");
        }
        return number << (unit * UNIT_BITS);
    }

    /** Formats a number of bytes for a person, with one digit behind the point: {@code 5.6 MB}. */
    static String about(double bytes) {
        int unit = 0;
        double number = bytes;
        while (unit + 1 < UNITS.size() && number >= 1 << UNIT_BITS) {
            number /= 1 << UNIT_BITS;
            unit++;
        }
        return unit == 0
                ? String.format(Locale.ROOT, "%,.0f bytes", number)
                : String.format(Locale.ROOT, "%.1f %sB", number, UNITS.get(unit));
    }

    /** Formats a number of bytes in the largest unit of which it is a whole multiple. */
    static String of(long bytes) {
        int unit = 0;
        long number = bytes;
        while (unit + 1 < UNITS.size() && number > 0 && number % (1 << UNIT_BITS) == 0) {
            number >>= UNIT_BITS;
            unit++;
        }
        return number + UNITS.get(unit) + (unit == 0 ? "" : "B");
    }
}
