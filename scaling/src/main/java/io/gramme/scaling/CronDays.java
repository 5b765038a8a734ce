package io.gramme.scaling;

import io.gramme.scaling.CronExpression.DayRule;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The two fields of a cron expression that choose days, with their special letters. */
final class CronDays {
    private static final CronField OF_MONTH = new CronField(1, 31, List.of());
    private static final CronField OF_WEEK = new CronField(1, 7, CronField.DAYS);
    private static final CronField OCCURRENCE = new CronField(1, 5, List.of());
    private static final int WEEK = 7;

    private CronDays() {}

    /**
     * Empty for {@code ?}, which leaves the days to the other field.
     *
     * @throws IllegalArgumentException if the text is not such a field
     */
    static Optional<DayRule> ofMonth(String text) {
        if (text.equals("?")) {
            return Optional.empty();
        }
        if (text.equals("L")) {
            return Optional.of(date -> date.getDayOfMonth() == date.lengthOfMonth());
        }
        if (text.equals("LW")) {
            return Optional.of(date -> date.equals(nearestWeekday(date.withDayOfMonth(date.lengthOfMonth()))));
        }
        if (text.endsWith("W")) {
            int day = OF_MONTH.value(text.substring(0, text.length() - 1));
            return Optional.of(
                    date -> day <= date.lengthOfMonth() && date.equals(nearestWeekday(date.withDayOfMonth(day))));
        }
        BitSet days = OF_MONTH.parse(text);
        return Optional.of(date -> days.get(date.getDayOfMonth()));
    }

    /** The weekday of the same month that is nearest to a date. */
    private static LocalDate nearestWeekday(LocalDate date) {
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> date.getDayOfMonth() == 1 ? date.plusDays(2) : date.minusDays(1);
            case SUNDAY -> date.getDayOfMonth() == date.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> date;
        };
    }

    /** The same for the day of the week. */
    static Optional<DayRule> ofWeek(String text) {
        if (text.equals("?")) {
            return Optional.empty();
        }
        if (text.equals("L")) {
            return Optional.of(date -> date.getDayOfWeek() == DayOfWeek.SATURDAY);
        }
        if (text.endsWith("L")) {
            int day = OF_WEEK.value(text.substring(0, text.length() - 1));
            return Optional.of(date -> number(date) == day && date.getDayOfMonth() + WEEK > date.lengthOfMonth());
        }
        int hash = text.indexOf('#');
        if (hash >= 0) {
            int day = OF_WEEK.value(text.substring(0, hash));
            int occurrence = OCCURRENCE.value(text.substring(hash + 1));
            return Optional.of(date -> number(date) == day && (date.getDayOfMonth() - 1) / WEEK + 1 == occurrence);
        }
        BitSet days = OF_WEEK.parse(text);
        return Optional.of(date -> days.get(number(date)));
    }

    /** 1 is Sunday. */
    private static int number(LocalDate date) {
        return date.getDayOfWeek().getValue() % WEEK + 1;
    }
}
