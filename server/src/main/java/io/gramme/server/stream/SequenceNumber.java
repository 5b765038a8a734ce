package io.gramme.server.stream;

import io.gramme.core.error.StreamErrors;
import io.gramme.storage.LogPosition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Positions in a log as clients see them: decimal numbers of equal length, 21 to 40 digits by the API model, which grow in
 * a shard.
 */
public final class SequenceNumber {
    private static final Pattern FORM = Pattern.compile("1([0-9]{20})([0-9]{10})");

    private SequenceNumber() {}

    public static String of(LogPosition position) {
        return "1%020d%010d".formatted(position.version(), position.index());
    }

    /** Where the number stands, if it is one that was given out. */
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

    /** Right before a position: what is read behind it begins with the record there. */
    static LogPosition before(LogPosition position) {
        if (position.index() > 0) {
            return new LogPosition(position.version(), position.index() - 1);
        }
        return position.version() > 0 ? LogPosition.behind(position.version() - 1) : LogPosition.START;
    }
}
