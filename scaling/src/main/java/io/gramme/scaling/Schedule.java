package io.gramme.scaling;

import io.gramme.core.error.ScalingErrors;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a scheduled action runs: {@code at(2027-01-31T17:00:00)} once, {@code rate(5 minutes)} again and again, or
 * {@code cron(0 8 ? * MON-FRI *)}. Times of {@code at} and {@code cron} are of the action's time zone.
 */
sealed interface Schedule {
    /** Once, at a local time. */
    record At(LocalDateTime time) implements Schedule {}

    /** Every so often, from the action's start or creation on. */
    record Rate(Duration interval) implements Schedule {}

    /** At the local times of an expression. */
    record Cron(CronExpression expression) implements Schedule {}

    /** The documented examples have hours of one digit and of two. */
    DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'H:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    int FIRST_YEAR = 1970;
    int LAST_YEAR = 9999;

    Pattern FORM = Pattern.compile("(at|rate|cron)\\(([^()]{1,1600})\\)");
    Pattern RATE = Pattern.compile("([1-9][0-9]{0,6}) (minutes?|hours?|days?)");

    /** @throws io.gramme.core.error.ApiException VALIDATION if it is none of the three */
    static Schedule parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw ScalingErrors.badSchedule(text);
        }
        String argument = form.group(2).strip();
        return switch (form.group(1)) {
            case "at" -> new At(time(text, argument));
            case "rate" -> new Rate(interval(text, argument));
            default -> new Cron(CronExpression.parse(argument).orElseThrow(() -> ScalingErrors.badSchedule(text)));
        };
    }

    private static LocalDateTime time(String text, String argument) {
        try {
            LocalDateTime time = LocalDateTime.parse(argument, TIME);
            if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                return time;
            }
        } catch (DateTimeException _) {
            // Refused below.
        }
        throw ScalingErrors.badSchedule(text);
    }

    private static Duration interval(String text, String argument) {
        Matcher rate = RATE.matcher(argument);
        if (!rate.matches()) {
            throw ScalingErrors.badSchedule(text);
        }
        long count = Long.parseLong(rate.group(1));
        return switch (rate.group(2).charAt(0)) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** @throws io.gramme.core.error.ApiException VALIDATION if there is no such time zone */
    static ZoneId zone(Optional<String> given) {
        if (given.isEmpty()) {
            return ZoneOffset.UTC;
        }
        // Names only: offsets such as +02:00, which Java knows too, are not among the documented values.
        if (!ZoneId.getAvailableZoneIds().contains(given.get())) {
            throw ScalingErrors.badTimeZone(given.get());
        }
        return ZoneId.of(given.get());
    }

    /** The first run of an action from now on: at its start, if it has one and recurs, as the guide says. */
    static Optional<Instant> first(ScheduledAction action, Instant now) {
        boolean recurs = !(parse(action.schedule()) instanceof At);
        var _ = zone(action.zone());
        if (recurs && action.start().filter(now::isBefore).isPresent()) {
            return action.start().filter(start -> isBeforeEnd(action, start));
        }
        return next(action, now);
    }

    /** The first run after a time. */
    static Optional<Instant> next(ScheduledAction action, Instant after) {
        ZoneId zone = zone(action.zone());
        Optional<Instant> next = switch (parse(action.schedule())) {
            case At(LocalDateTime time) ->
                Optional.of(time.atZone(zone).toInstant())
                        .filter(at -> at.isAfter(after) && !isBeforeStart(action, at));
            case Rate(Duration interval) ->
                Optional.of(following(action.start().orElse(action.created()), interval, after));
            case Cron(CronExpression expression) -> expression.next(after, zone);
        };
        return next.filter(at -> isBeforeEnd(action, at));
    }

    private static Instant following(Instant begin, Duration interval, Instant after) {
        long passed = Math.max(0, Duration.between(begin, after).dividedBy(interval));
        return begin.plus(interval.multipliedBy(passed + 1));
    }

    private static boolean isBeforeStart(ScheduledAction action, Instant at) {
        return action.start().filter(at::isBefore).isPresent();
    }

    private static boolean isBeforeEnd(ScheduledAction action, Instant at) {
        return action.end().filter(at::isAfter).isEmpty();
    }
}
