package io.gramme.http;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} header, formatted once a second. */
final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private record Written(long second, String text) {}

    private final InstantSource clock;
    private volatile Written last;

    HttpDate(InstantSource clock) {
        this.clock = clock;
        this.last = write(clock.instant());
    }

    String now() {
        long second = Math.floorDiv(clock.millis(), 1000L);
        Written written = last;
        if (written.second != second) {
            written = write(Instant.ofEpochSecond(second));
            last = written;
        }
        return written.text;
    }

    private static Written write(Instant instant) {
        return new Written(instant.getEpochSecond(), FORMAT.format(instant));
    }
}
