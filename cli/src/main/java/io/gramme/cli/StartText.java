package io.gramme.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.core.JsonGenerator;

/** Parses the position in a stream at which a trigger starts: {@code LATEST}, {@code TRIM_HORIZON}, or a time. */
final class StartText implements ITypeConverter<StartText.Start> {
    static final Start LATEST = new Start("LATEST", Optional.empty());

    /** @param position the API's name of the position */
    record Start(String position, Optional<Instant> time) {

        void write(JsonGenerator out) {
            out.writeStringProperty("StartingPosition", position);
            time.ifPresent(at -> out.writeNumberProperty("StartingPositionTimestamp", at.getEpochSecond()));
        }
    }

    @Override
    public Start convert(String text) {
        String word = text.toUpperCase(Locale.ROOT);
        if (word.equals("LATEST") || word.equals("TRIM_HORIZON")) {
            return new Start(word, Optional.empty());
        }
        try {
            return new Start("AT_TIMESTAMP", Optional.of(Instant.parse(word)));
        } catch (DateTimeParseException _) {
            throw new TypeConversionException(
                    "'" + text + "' is not LATEST, TRIM_HORIZON, or a time such as 2026-11-30T12:00:00Z");
        }
    }
}
