package io.gramme.tables.stream;

import io.gramme.core.error.StreamErrors;
import io.gramme.storage.LogPosition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log position as clients see it: a decimal number. All numbers have equal length, within the 21 to 40 digits of the
 * API model, and increase within a shard.
 */
public final class SequenceNumber {
    private static final Pattern FORM = Pattern.compile("1([0-9]{20})([0-9]{10})");

    private SequenceNumber() {}

    public static String of(LogPosition position) {
        return "1%020d%010d".formatted(position.version(), position.index());
    }

    /** The position of a number, if it has the form of one that was issued. */
    static LogPosition parse(String number) {
        Matcher parts = FORM.matcher(number);
        if (!parts.matches()) {
            throw StreamErrors.invalidSequenceNumber();
        }
        try {
            return new LogPosition(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)));
        } catch (NumberFormatException _) {
            throw StreamErrors.invalidSequenceNumber();
        }
    }

    /** The position right before another: a read behind it starts with the record there. */
    static LogPosition before(LogPosition position) {
        if (position.index() > 0) {
            return new LogPosition(position.version(), position.index() - 1);
        }
        return position.version() > 0 ? LogPosition.behind(position.version() - 1) : LogPosition.START;
    }
}
