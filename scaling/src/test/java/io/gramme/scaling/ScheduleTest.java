package io.gramme.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.AccountRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dates of this test were checked with a calendar: 1 January 2027 is a Friday. */
class ScheduleTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final TargetId ID =
            new TargetId(new AccountRegion("000000000000", "us-east-1"), "orders", Optional.empty(), Kind.READ);

    private static ScheduledAction action(String schedule, Optional<String> zone) {
        return action(schedule, zone, Optional.empty(), Optional.empty());
    }

    private static ScheduledAction action(
            String schedule, Optional<String> zone, Optional<Instant> start, Optional<Instant> end) {
        return new ScheduledAction(
                ID,
                "uid",
                "name",
                schedule,
                zone,
                start,
                end,
                OptionalLong.of(1),
                OptionalLong.empty(),
                NOW,
                Optional.empty());
    }

    private static List<String> runs(ScheduledAction action, Instant after, int most) {
        var found = new ArrayList<String>();
        Optional<Instant> next = Schedule.next(action, after);
        while (next.isPresent() && found.size() < most) {
            found.add(next.get().toString());
            next = Schedule.next(action, next.get());
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 6 ? * MON *      | 2027-01-04T06:30:00Z | 2027-01-11T06:30:00Z",
                "0/15 * * * ? *      | 2027-01-01T00:15:00Z | 2027-01-01T00:30:00Z",
                "0 18 ? * MON-FRI *  | 2027-01-01T18:00:00Z | 2027-01-04T18:00:00Z",
                "0 8 1 * ? *         | 2027-01-01T08:00:00Z | 2027-02-01T08:00:00Z",
                "0 10,22 * * ? 2028  | 2028-01-01T10:00:00Z | 2028-01-01T22:00:00Z",
                "5 0 L * ? *         | 2027-01-31T00:05:00Z | 2027-02-28T00:05:00Z",
                "5 0 LW * ? *        | 2027-01-29T00:05:00Z | 2027-02-26T00:05:00Z",
                "5 0 3W * ? *        | 2027-01-04T00:05:00Z | 2027-02-03T00:05:00Z",
                "5 0 1W MAY ? *      | 2027-05-03T00:05:00Z | 2028-05-01T00:05:00Z",
                "5 0 ? * 6#3 *       | 2027-01-15T00:05:00Z | 2027-02-19T00:05:00Z",
                "5 0 ? * 6L *        | 2027-01-29T00:05:00Z | 2027-02-26T00:05:00Z",
                "5 0 ? * L *         | 2027-01-02T00:05:00Z | 2027-01-09T00:05:00Z",
                "0 0 29 2 ? *        | 2028-02-29T00:00:00Z | 2032-02-29T00:00:00Z",
                "10-20/5 3 ? JAN SUN *|2027-01-03T03:10:00Z | 2027-01-03T03:15:00Z",
            })
    void aCronExpressionRunsAtEachMatchingMinute(String fields, String first, String second) {
        assertThat(runs(action("cron(" + fields + ")", Optional.empty()), NOW, 2))
                .containsExactly(first, second);
    }

    @Test
    void anExpressionThatNeverMatchesHasNoRun() {
        assertThat(runs(action("cron(0 0 31 2 ? *)", Optional.empty()), NOW, 1)).isEmpty();
        assertThat(runs(action("cron(0 0 1 1 ? 1999)", Optional.empty()), NOW, 1))
                .isEmpty();
    }

    @Test
    void localTimesFollowTheClocksOfTheirZone() {
        ScheduledAction daily = action("cron(0 9 * * ? *)", Optional.of("Europe/Berlin"));
        // Summer time begins on 28 March 2027 and ends on 31 October.
        assertThat(runs(daily, Instant.parse("2027-03-27T00:00:00Z"), 2))
                .containsExactly("2027-03-27T08:00:00Z", "2027-03-28T07:00:00Z");
        assertThat(runs(daily, Instant.parse("2027-10-30T00:00:00Z"), 2))
                .containsExactly("2027-10-30T07:00:00Z", "2027-10-31T08:00:00Z");
    }

    @Test
    void aTimeThatTheChangeOfTheClockSkipsCountsAsLater() {
        ScheduledAction nightly = action("cron(30 2 * * ? *)", Optional.of("Europe/Berlin"));
        assertThat(runs(nightly, Instant.parse("2027-03-27T12:00:00Z"), 2))
                .containsExactly("2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z");
        ScheduledAction once = action("at(2027-03-28T02:30:00)", Optional.of("Europe/Berlin"));
        assertThat(runs(once, NOW, 2)).containsExactly("2027-03-28T01:30:00Z");
    }

    @Test
    void aTimeThatComesTwiceCountsOnce() {
        ScheduledAction nightly = action("cron(30 2 * * ? *)", Optional.of("Europe/Berlin"));
        assertThat(runs(nightly, Instant.parse("2027-10-30T12:00:00Z"), 2))
                .containsExactly("2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z");
    }

    @Test
    void whatRunsInEveryHourRunsInEveryHourOfALongAndAShortNight() {
        ScheduledAction hourly = action("cron(0 * * * ? *)", Optional.of("Europe/Berlin"));
        assertThat(runs(hourly, Instant.parse("2027-10-30T23:00:00Z"), 4))
                .containsExactly(
                        "2027-10-31T00:00:00Z", "2027-10-31T01:00:00Z", "2027-10-31T02:00:00Z", "2027-10-31T03:00:00Z");
        assertThat(runs(hourly, Instant.parse("2027-03-28T00:00:00Z"), 2))
                .containsExactly("2027-03-28T01:00:00Z", "2027-03-28T02:00:00Z");
    }

    @Test
    void aRateCountsFromTheCreationOrTheStart() {
        assertThat(runs(action("rate(90 minutes)", Optional.empty()), NOW, 2))
                .containsExactly("2027-01-01T01:30:00Z", "2027-01-01T03:00:00Z");
        ScheduledAction started = action(
                "rate(1 day)",
                Optional.empty(),
                Optional.of(NOW.plus(Duration.ofHours(6))),
                Optional.of(NOW.plus(Duration.ofDays(3))));
        assertThat(Schedule.first(started, NOW)).contains(NOW.plus(Duration.ofHours(6)));
        assertThat(runs(started, NOW.plus(Duration.ofHours(6)), 9))
                .containsExactly("2027-01-02T06:00:00Z", "2027-01-03T06:00:00Z");
    }

    @Test
    void anActionRunsBetweenItsStartAndItsEndOnly() {
        Optional<Instant> start = Optional.of(NOW.plus(Duration.ofHours(2)));
        Optional<Instant> end = Optional.of(NOW.plus(Duration.ofHours(4)));
        ScheduledAction hourly = action("cron(30 * * * ? *)", Optional.empty(), start, end);
        assertThat(Schedule.first(hourly, NOW)).isEqualTo(start);
        assertThat(runs(hourly, start.get(), 9)).containsExactly("2027-01-01T02:30:00Z", "2027-01-01T03:30:00Z");
        assertThat(Schedule.first(action("at(2027-01-01T01:00:00)", Optional.empty(), start, end), NOW))
                .isEmpty();
        assertThat(Schedule.first(action("at(2027-01-01T03:00:00)", Optional.empty(), start, end), NOW))
                .contains(NOW.plus(Duration.ofHours(3)));
    }

    @Test
    void anActionKeepsTheBoundThatItDoesNotName() {
        var target = new ScalableTarget(
                ID, "uid", 5, 10, ScalableTarget.Suspended.NONE, Map.of(), NOW, false, Optional.empty());
        ScheduledAction least = action("rate(1 day)", Optional.empty());
        ScalableTarget changed = least.appliedTo(target);
        assertThat(changed.min()).isEqualTo(1);
        assertThat(changed.max()).isEqualTo(10);
        assertThat(changed.unenforced()).isTrue();
        ScalableTarget none = target.withBounds(0, 0).enforced();
        assertThat(least.isApplicableTo(none)).isFalse();
        assertThat(least.appliedTo(none)).isEqualTo(none);
    }

    @Test
    void aPastTimeNeverRuns() {
        assertThat(Schedule.first(action("at(2026-12-31T9:36:00)", Optional.empty()), NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily",
                "at()",
                "at(2027-02-30T00:00:00)",
                "at(2027-01-01)",
                "at(+99999-01-01T00:00:00)",
                "rate(0 minutes)",
                "rate(5 seconds)",
                "rate(-5 minutes)",
                "rate(99999999999999999999 days)",
                "cron(* * * * *)",
                "cron(* * * * * *)",
                "cron(* * ? * ? *)",
                "cron(60 * * * ? *)",
                "cron(0 24 * * ? *)",
                "cron(0 0 0 * ? *)",
                "cron(0 0 ? 13 MON *)",
                "cron(0 0 ? * 8 *)",
                "cron(0 0 ? * MON#6 *)",
                "cron(0 0 99W * ? *)",
                "cron(5-1 * * * ? *)",
                "cron(*/0 * * * ? *)",
                "cron(, * * * ? *)",
                "cron(0 0 * * ? 2200)",
                "cron(0 0 * * ? *) ",
                "cron(99999999999 * * * ? *)"
            })
    void anythingElseIsNoSchedule(String text) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> Schedule.parse(text));
        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "+02:00", "", "europe/berlin"})
    void anUnknownZoneIsRefused(String zone) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> Schedule.zone(Optional.of(zone)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
    }
}
