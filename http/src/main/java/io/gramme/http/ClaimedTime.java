package io.gramme.http;

import io.gramme.core.error.SignatureErrors;
import io.gramme.core.signature.SigningTime;
import io.gramme.core.signature.WireText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The time at which a request says it was signed.
 *
 * @param text in the form of {@link SigningTime}
 * @param lifetime of a presigned request that names one
 */
record ClaimedTime(Instant instant, String text, Optional<Duration> lifetime) {
    /** Seven days. */
    private static final int MAX_EXPIRES = 604_800;

    private static final int MAX_DIGITS = 6;

    static ClaimedTime of(SignatureClaim claim) {
        String date = claim.date();
        Optional<Duration> lifetime = claim.expires().map(ClaimedTime::lifetime);
        return SigningTime.parse(date)
                .map(instant -> new ClaimedTime(instant, date, lifetime))
                .or(() -> claim.form() == SignatureClaim.Form.HEADER ? ofHttp(date) : Optional.empty())
                .orElseThrow(() -> SignatureErrors.malformedDate(WireText.shown(date)));
    }

    /** The form that the Date header of HTTP has. Some clients sign it in place of X-Amz-Date. */
    private static Optional<ClaimedTime> ofHttp(String date) {
        try {
            Instant instant = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            return Optional.of(new ClaimedTime(instant, SigningTime.format(instant), Optional.empty()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration lifetime(String expires) {
        boolean isNumber = !expires.isEmpty()
                && expires.length() <= MAX_DIGITS
                && expires.chars().allMatch(c -> c >= '0' && c <= '9');
        int seconds = isNumber ? Integer.parseInt(expires) : 0;
        if (seconds < 1 || seconds > MAX_EXPIRES) {
            throw SignatureErrors.malformedExpiry(WireText.shown(expires), MAX_EXPIRES);
        }
        return Duration.ofSeconds(seconds);
    }

    /** @param window how far the time may lie before and after now; a presigned request may be as old as it says */
    void requireCurrent(Instant now, Duration window) {
        Duration age = lifetime.orElse(window);
        Instant earliest = now.minus(age);
        if (instant.isBefore(earliest)) {
            throw SignatureErrors.expired(text, SigningTime.format(earliest), SigningTime.format(now), shown(age));
        }
        Instant latest = now.plus(window);
        if (instant.isAfter(latest)) {
            throw SignatureErrors.notYetCurrent(
                    text, SigningTime.format(latest), SigningTime.format(now), shown(window));
        }
    }

    private static String shown(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " min." : duration.toSeconds() + " sec.";
    }
}
