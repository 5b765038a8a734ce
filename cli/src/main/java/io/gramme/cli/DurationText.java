package io.gramme.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a duration on the command line: {@code 0}, {@code 500ms}, {@code 2s}, {@code 1m}, {@code 12h}. */
final class DurationText implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)|0");

    @Override
    public Duration convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is not a time such as 500ms, 2s or 1m");
        }
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** Parses a duration for a setting in whole seconds; refuses a fraction, which would be lost silently. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration time = new DurationText().convert(text);
            if (time.toMillisPart() != 0) {
                throw new TypeConversionException("'" + text + "' is not a whole number of seconds");
            }
            return time;
        }
    }
}
