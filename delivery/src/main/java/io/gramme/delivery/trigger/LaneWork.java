package io.gramme.delivery.trigger;

import io.gramme.core.bytes.Bytes;
import io.gramme.delivery.follow.Batch;
import io.gramme.delivery.follow.Delivery;
import io.gramme.delivery.trigger.LetterWriter.Condition;
import io.gramme.delivery.trigger.LetterWriter.Given;
import io.gramme.storage.LogPosition;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The delivery state of one lane of a trigger: which batch is next, how often it failed, and the failure record that is
 * still to be stored. It lives in memory only: after a restart batches are formed anew, and their failures counted from
 * zero. Used by the lane's thread alone.
 *
 * <p>A batch is a number of records from {@link #head} on. A failed batch may be bisected: both halves wait, the first
 * in front. Bisecting does not count as an attempt, so that a batch is not given up because of its neighbours.
 */
final class LaneWork {
    private static final System.Logger LOG = System.getLogger(LaneWork.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How often an incomplete batch is checked for more records: its records are read again each time. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final int LOOKS = 20;

    private final TriggerDelivery shipping;

    /** The sizes of the next batches; the first of them has been tried before. */
    private final Deque<Integer> batches = new ArrayDeque<>();

    private Optional<LogPosition> head = Optional.empty();
    private int failures;
    private int unavailable;
    private Optional<Verdict.Failed> lastFailure = Optional.empty();
    private Optional<Instant> waitingSince = Optional.empty();
    private Optional<Letter> letter = Optional.empty();

    /** @param events the number of records that it covers */
    private record Letter(Bytes text, int events) {}

    LaneWork(TriggerDelivery shipping) {
        this.shipping = shipping;
    }

    Delivery deliver(Batch batch) throws InterruptedException {
        int size = letter.map(Letter::events)
                .or(() -> Optional.ofNullable(batches.peek()))
                .orElse(policy().batchSize());
        Events events = shipping.events(batch, size);
        if (events.sent().isEmpty()) {
            return taken(events, 0, Duration.ZERO);
        }
        if (head.isPresent() && !head.get().equals(events.sent().getFirst().position())) {
            // The log has meanwhile trimmed the records of this batch.
            startAnew();
            return Delivery.none(Duration.ZERO);
        }
        head = Optional.of(events.sent().getFirst().position());
        if (letter.isPresent()) {
            return tell(events, letter.get());
        }
        Optional<Delivery> given = giveUpWhatIsTooOld(batch, events);
        if (given.isPresent()) {
            return given.get();
        }
        if (batches.isEmpty() && !events.isFull()) {
            Duration wait = untilWindowEnds();
            if (wait.isPositive()) {
                return taken(events, 0, wait);
            }
        }
        return send(batch, events);
    }

    private Policy policy() {
        return shipping.trigger().policy();
    }

    /** How long to wait before the next check for more records; not positive once the window is over. */
    private Duration untilWindowEnds() {
        Instant now = shipping.now();
        if (waitingSince.isEmpty()) {
            waitingSince = Optional.of(now);
        }
        Duration left = Duration.between(now, waitingSince.get().plus(policy().window()));
        Duration look = longer(LOOK, policy().window().dividedBy(LOOKS));
        return left.compareTo(look) < 0 ? left : look;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Optional<Delivery> giveUpWhatIsTooOld(Batch batch, Events events) throws InterruptedException {
        if (policy().maxAge().isEmpty()) {
            return Optional.empty();
        }
        Instant oldest = shipping.now().minus(policy().maxAge().get());
        int old = (int) events.sent().stream()
                .takeWhile(event -> event.entry().time().isBefore(oldest))
                .count();
        return old == 0 ? Optional.empty() : Optional.of(giveUp(batch, events, old, Condition.AGE));
    }

    private Delivery send(Batch batch, Events events) throws InterruptedException {
        int size = events.sent().size();
        if (events.isTooLarge()) {
            return giveUp(batch, events, 1, Condition.SIZE);
        }
        if (batches.isEmpty()) {
            batches.push(size);
        }
        Verdict verdict = shipping.send(events);
        return switch (verdict) {
            case Verdict.Taken() -> {
                shipping.tally().fine();
                yield delivered(events, size);
            }
            case Verdict.TakenUpTo(int failed, int status)
            when failed > 0 -> {
                shipping.tally().problem("a batch failed in part");
                yield deliveredUpTo(events, failed, status);
            }
            case Verdict.TakenUpTo(var _, int status) ->
                failed(batch, events, new Verdict.Failed("whole batch failed", Optional.of(status), Optional.empty()));
            case Verdict.Failed failed -> failed(batch, events, failed);
            case Verdict.Unavailable(String why) -> {
                shipping.tally().problem("the target is unavailable: " + why);
                unavailable++;
                yield taken(events, 0, pause(unavailable));
            }
        };
    }

    private Delivery delivered(Events events, int count) {
        shipping.tally().delivered.add(count);
        batches.pop();
        forgetFailures();
        return taken(events, count, Duration.ZERO);
    }

    private Delivery deliveredUpTo(Events events, int failed, int status) {
        shipping.tally().delivered.add(failed);
        int left = batches.pop() - failed;
        forgetFailures();
        batches.push(left);
        failures = 1;
        lastFailure = Optional.of(new Verdict.Failed("part of batch failed", Optional.of(status), Optional.empty()));
        return taken(events, failed, pause(failures));
    }

    private Delivery failed(Batch batch, Events events, Verdict.Failed failure) throws InterruptedException {
        shipping.tally().problem("the call failed: " + failure.why());
        lastFailure = Optional.of(failure);
        int size = events.sent().size();
        if (policy().bisects() && size > 1) {
            int whole = batches.pop();
            batches.push(whole - size / 2);
            batches.push(size / 2);
            return taken(events, 0, Duration.ZERO);
        }
        failures++;
        if (policy().retries().isPresent() && failures > policy().retries().get()) {
            return giveUp(batch, events, size, Condition.RETRIES);
        }
        return taken(events, 0, pause(failures));
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Gives records up, but counts them as done only after their failure record has been stored. */
    private Delivery giveUp(Batch batch, Events events, int count, Condition condition) throws InterruptedException {
        var given = new Given(
                shipping.newId(),
                condition,
                failures,
                lastFailure,
                shipping.shardId(batch.shard()),
                events.sent().getFirst().position(),
                events.sent().get(count - 1).position(),
                count);
        LOG.log(
                Level.WARNING,
                "A trigger discards records: trigger=" + shipping.trigger().id() + " condition=" + condition.word()
                        + " records=" + count + " shard=" + given.shard() + " first=" + given.first());
        var told = new Letter(Bytes.wrap(LetterWriter.letter(shipping.trigger(), given, shipping.now())), count);
        letter = Optional.of(told);
        return tell(events, told);
    }

    private Delivery tell(Events events, Letter told) throws InterruptedException {
        try {
            shipping.letters().send(told.text().shared());
        } catch (IOException e) {
            shipping.tally().problem("the failure destination rejected the failure record: " + e.getMessage());
            unavailable++;
            return taken(events, 0, pause(unavailable));
        }
        shipping.tally().discarded.add(told.events());
        int left = batches.isEmpty() ? 0 : batches.pop() - told.events();
        forgetFailures();
        if (left > 0) {
            batches.push(left);
        }
        return taken(events, told.events(), Duration.ZERO);
    }

    private void forgetFailures() {
        head = Optional.empty();
        letter = Optional.empty();
        lastFailure = Optional.empty();
        waitingSince = Optional.empty();
        failures = 0;
        unavailable = 0;
    }

    private void startAnew() {
        batches.clear();
        forgetFailures();
    }

    /** Marks the sent records as done, and with them the filtered-out records up to the first one not sent. */
    private Delivery taken(Events events, int sent, Duration pause) {
        int taken = events.takenWith(sent);
        shipping.tally().filtered.add(taken - sent);
        if (sent > 0 || events.sent().isEmpty()) {
            head = Optional.empty();
        }
        return new Delivery(taken, pause);
    }
}
