package io.gramme.scaling;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Six fields: minutes, hours, day of month, month, day of week (1 is Sunday), year. Of the two days one must be
 * {@code ?}. Besides lists, ranges and steps there are {@code L}, {@code LW} and {@code 15W} for the day of month, and
 * {@code L}, {@code 6L} and {@code 6#3} for the day of week, as the guide of EventBridge describes them, to which that of
 * auto scaling refers.
 *
 * <p>A local time that a change of the clock skips counts as that much later, and one that comes twice counts the first
 * time; but if every hour matches, skipped hours are left out, and repeated ones count both times.
 */
record CronExpression(
        BitSet minutes,
        BitSet hours,
        Optional<DayRule> dayOfMonth,
        BitSet months,
        Optional<DayRule> dayOfWeek,
        BitSet years) {
    private static final int FIELDS = 6;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;
    private static final int HOURS = 24;

    /** Whether a date matches one of the two fields for days. */
    @FunctionalInterface
    interface DayRule {
        boolean matches(LocalDate date);
    }

    /** Empty if the text is no expression. */
    static Optional<CronExpression> parse(String text) {
        List<String> fields = List.of(text.strip().split("\\s+", -1));
        if (fields.size() != FIELDS
                || fields.get(2).equals("?") == fields.get(4).equals("?")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CronExpression(
                    new CronField(0, 59, List.of()).parse(fields.get(0)),
                    new CronField(0, HOURS - 1, List.of()).parse(fields.get(1)),
                    CronDays.ofMonth(fields.get(2)),
                    new CronField(1, 12, CronField.MONTHS).parse(fields.get(3)),
                    CronDays.ofWeek(fields.get(4)),
                    new CronField(FIRST_YEAR, LAST_YEAR, List.of()).parse(fields.get(5))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The first matching instant after another, if there is one. */
    Optional<Instant> next(Instant after, ZoneId zone) {
        LocalDate first = LocalDate.ofInstant(after, zone);
        // A time that was moved behind a gap may belong to the day before.
        LocalDate date = first.minusDays(1);
        while (date.getYear() <= LAST_YEAR) {
            if (!years.get(date.getYear())) {
                date = LocalDate.of(date.getYear() + 1, 1, 1);
            } else if (!months.get(date.getMonthValue())) {
                date = date.withDayOfMonth(1).plusMonths(1);
            } else {
                Optional<Instant> found = isDay(date) ? firstOn(date, after, zone) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
                date = date.plusDays(1);
            }
        }
        return Optional.empty();
    }

    private boolean isDay(LocalDate date) {
        return dayOfMonth.map(rule -> rule.matches(date)).orElse(true)
                && dayOfWeek.map(rule -> rule.matches(date)).orElse(true);
    }

    private Optional<Instant> firstOn(LocalDate date, Instant after, ZoneId zone) {
        return hours.stream()
                .boxed()
                .flatMap(hour -> minutes.stream().mapToObj(minute -> date.atTime(LocalTime.of(hour, minute))))
                .flatMap(time -> instants(time, zone))
                .filter(at -> at.isAfter(after))
                .min(Instant::compareTo);
    }

    private Stream<Instant> instants(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        boolean everyHour = hours.cardinality() == HOURS;
        if (everyHour) {
            return offsets.stream().map(time::toInstant);
        }
        return Stream.of(ZonedDateTime.of(time, zone).toInstant());
    }
}
