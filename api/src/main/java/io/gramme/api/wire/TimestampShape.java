package io.gramme.api.wire;

import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * The shape of a moment to the millisecond: seconds since 1970 as a JSON number, with a fraction only where there is
 * one.
 */
final class TimestampShape extends Shape<Instant> {
    /** Far beyond any date, and still exact to the millisecond as a double. */
    private static final double MAX_SECONDS = 1e12;

    @Override
    Instant read(Reading in) {
        if (!in.atNumber()) {
            throw in.notA("Date", "java.util.Date");
        }
        double seconds = in.json.getDoubleValue();
        if (!(Math.abs(seconds) <= MAX_SECONDS)) {
            throw in.notA("Date", "java.util.Date");
        }
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    @Override
    void write(JsonGenerator out, Instant moment) {
        long millis = moment.toEpochMilli();
        if (millis % 1000 == 0) {
            out.writeNumber(millis / 1000);
            return;
        }
        out.writeNumber(BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString());
    }
}
