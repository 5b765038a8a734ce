package io.gramme.consistency.workload;

import io.gramme.consistency.Action;
import io.gramme.consistency.Action.Append;
import io.gramme.consistency.Action.Glimpse;
import io.gramme.consistency.Action.Read;
import io.gramme.consistency.Fate;
import io.gramme.consistency.Recorder;
import io.gramme.consistency.workload.Slots.Duty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** A client that appends to lists and reads them, in every way the protocol has, and records its writes and reads. */
final class ListClient implements Runnable {
    private static final int MOST_OF_A_TRANSACTION = 4;
    private static final List<String> RETURN_VALUES = List.of("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_NEW");

    private final int number;
    private final Database database;
    private final Slots slots;
    private final AtomicLong elements;
    private final Recorder recorder;
    private final SplittableRandom random;
    private int conflicts;

    ListClient(
            int number,
            Database database,
            Slots slots,
            AtomicLong elements,
            Recorder recorder,
            SplittableRandom random) {
        this.number = number;
        this.database = database;
        this.slots = slots;
        this.elements = elements;
        this.recorder = recorder;
        this.random = random;
    }

    /** One request, or a transaction until it is settled; delayed if the last ones met conflicts. */
    @Override
    public void run() {
        if (conflicts > 0) {
            Retry.BACKING_OFF.await(conflicts, random);
        }
        Optional<Duty> duty = slots.duty();
        if (duty.isPresent()) {
            putBack(duty.get());
            return;
        }
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> write(Intent.append(slots.pick(random), element(), random));
            case 3 -> replace(slots.pick(random));
            case 4 -> remove(slots.pick(random));
            case 5, 6 -> get(slots.pick(random));
            case 7 -> glimpse(slots.pick(random));
            case 8 -> queryIndex();
            case 9 -> queryShelf();
            case 10, 11 -> readTogether();
            default -> writeTogether();
        }
    }

    private long element() {
        return elements.incrementAndGet();
    }

    private void replace(Slot slot) {
        if (!slot.isRemovable() || !slot.known().isEmpty()) {
            write(Intent.replace(slot, slot.known(), element(), random));
        }
    }

    private void remove(Slot slot) {
        if (slot.isRemovable() && !slot.known().isEmpty()) {
            write(Intent.remove(slot, slot.known()));
        }
    }

    /** Owed until it is answered, done or refused. */
    private void putBack(Duty duty) {
        if (isConflict(write(Intent.putBack(duty.slot(), duty.list(), element(), random)))) {
            slots.owe(duty);
        }
    }

    private Answer write(Intent intent) {
        String values = intent.verb().equals("Update")
                ? RETURN_VALUES.get(random.nextInt(RETURN_VALUES.size()))
                : RETURN_VALUES.get(random.nextInt(2));
        String operation = intent.verb() + "Item";
        long begin = recorder.now();
        Answer answer = database.call(operation, "{" + intent.members() + ", ReturnValues: '" + values + "'}");
        switch (answer) {
            case Answer.Done(var body) -> {
                List<Action> actions = new ArrayList<>(intent.asDone());
                actions.addAll(returned(intent, values, body));
                record(operation, begin, Fate.DONE, actions);
            }
            case Answer.Refused refused -> {
                List<Action> actions = new ArrayList<>(intent.asRefused());
                if (refused.isFailedCondition()) {
                    actions.add(intent.found(refused.item()));
                } else {
                    meetConflict(operation, refused);
                }
                record(operation, begin, Fate.REFUSED, actions);
            }
            case Answer.Lost _ -> record(operation, begin, Fate.UNKNOWN, intent.asDone());
        }
        oweForRemovals(List.of(intent), answer);
        return answer;
    }

    /** The item that ReturnValues returned: before the write, or after it. */
    private static List<Action> returned(Intent intent, String values, JsonNode body) {
        String name = intent.slot().name();
        Optional<JsonNode> item = body.optional("Attributes");
        item.map(Slot::list).ifPresent(intent.slot()::learn);
        if (values.equals("NONE")) {
            return List.of();
        }
        if (values.equals("ALL_OLD")) {
            return List.of(new Read(name, Slot.list(item)));
        }
        List<Long> after = Slot.list(item.orElseThrow());
        if (!intent.asDone().contains(new Append(name, after.getLast()))) {
            throw new AssertionError(values + " does not show the update: " + body + " is the answer to " + intent);
        }
        return List.of(new Read(name, Optional.of(after)));
    }

    private void writeTogether() {
        List<Intent> intents = slots.pick(random, 2 + random.nextInt(MOST_OF_A_TRANSACTION - 1)).stream()
                .map(this::intent)
                .toList();
        boolean named = random.nextBoolean();
        String token = named ? ", ClientRequestToken: '" + new UUID(random.nextLong(), random.nextLong()) + "'" : "";
        String request = "{TransactItems: "
                + intents.stream()
                        .map(intent -> "{" + intent.verb() + ": {" + intent.members() + "}}")
                        .toList()
                + token + "}";
        long begin = recorder.now();
        Answer answer = database.call("TransactWriteItems", request);
        boolean lost = answer instanceof Answer.Lost;
        // Its token tells the server whether it has done it already.
        while (named && (answer instanceof Answer.Lost || (lost && isConflict(answer)))) {
            lost = true;
            Retry.BACKING_OFF.await(1, random);
            answer = database.call("TransactWriteItems", request);
        }
        record(named ? "TransactWriteItems with a token" : "TransactWriteItems", begin, intents, answer);
    }

    private static boolean isConflict(Answer answer) {
        return answer instanceof Answer.Refused refused && refused.isConflict();
    }

    private Intent intent(Slot slot) {
        List<Long> known = slot.known();
        int choice = random.nextInt(16);
        // Mostly actions that rarely fail: each condition is on an item that may have changed since, and one that fails
        // cancels all.
        if (choice < 12 || (slot.isRemovable() && known.isEmpty())) {
            return Intent.append(slot, element(), random);
        }
        return switch (choice) {
            case 12, 13 -> Intent.replace(slot, known, element(), random);
            case 14 -> slot.isRemovable() ? Intent.remove(slot, known) : Intent.check(slot, known);
            default -> Intent.check(slot, known);
        };
    }

    private void record(String name, long begin, List<Intent> intents, Answer answer) {
        List<Action> actions = new ArrayList<>();
        switch (answer) {
            case Answer.Done _ -> {
                intents.forEach(intent -> actions.addAll(intent.asDone()));
                record(name, begin, Fate.DONE, actions);
            }
            case Answer.Refused refused -> {
                intents.forEach(intent -> actions.addAll(intent.asRefused()));
                if (refused.isFailedCondition()) {
                    actions.addAll(found(intents, refused.reasons()));
                } else {
                    meetConflict(name, refused);
                }
                record(name, begin, Fate.REFUSED, actions);
            }
            case Answer.Lost _ -> {
                intents.forEach(intent -> actions.addAll(intent.asDone()));
                record(name, begin, Fate.UNKNOWN, actions);
            }
        }
        oweForRemovals(intents, answer);
    }

    /**
     * After an unanswered removal nothing is owed: another client may have removed the item, and it may have been put
     * back and grown since. Then it may stay away until another takes its place.
     */
    private void oweForRemovals(List<Intent> intents, Answer answer) {
        if (answer instanceof Answer.Done) {
            intents.stream()
                    .filter(Intent::isRemoval)
                    .forEach(removal -> slots.owe(new Duty(removal.slot(), removal.removed())));
        }
    }

    private static List<Action> found(List<Intent> intents, List<JsonNode> reasons) {
        List<Action> found = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            if (Answer.Refused.isFailedCondition(reasons.get(i))) {
                found.add(intents.get(i).found(reasons.get(i).optional("Item")));
            }
        }
        return found;
    }

    private void meetConflict(String operation, Answer.Refused refused) {
        conflicts++;
        if (!refused.isConflict()) {
            throw new AssertionError(operation + " was refused: " + refused.body());
        }
    }

    private void get(Slot slot) {
        long begin = recorder.now();
        String request = "{TableName: '" + slot.table() + "', Key: {" + slot.key() + "}, ConsistentRead: true}";
        if (database.call("GetItem", request) instanceof Answer.Done(var body)) {
            record("GetItem", begin, Fate.DONE, List.of(read(slot, body)));
        }
    }

    private static Action read(Slot slot, JsonNode holder) {
        Optional<List<Long>> list = Slot.list(holder.optional("Item"));
        list.ifPresent(slot::learn);
        return new Read(slot.name(), list);
    }

    private void glimpse(Slot slot) {
        long begin = recorder.now();
        String request = "{TableName: '" + slot.table() + "', Key: {" + slot.key() + "}}";
        if (database.call("GetItem", request) instanceof Answer.Done(var body) && body.has("Item")) {
            record(
                    "GetItem, eventually consistent",
                    begin,
                    Fate.DONE,
                    List.of(new Glimpse(slot.name(), Slot.list(body.path("Item")))));
        }
    }

    private void queryIndex() {
        long begin = recorder.now();
        String request = "{TableName: '" + slots.lists() + "', IndexName: 'byMark', KeyConditionExpression: 'g = :g',"
                + "ScanIndexForward: false, Limit: 5, ExpressionAttributeValues: {':g': {S: 'g0'}}}";
        if (database.call("Query", request) instanceof Answer.Done(var body)) {
            List<Action> seen = new ArrayList<>();
            body.path("Items").forEach(item -> seen.add(new Glimpse(Slot.name(slots.lists(), item), Slot.list(item))));
            record("Query of an index", begin, Fate.DONE, seen);
        }
    }

    /** The service promises no single moment for the whole page, so each item is a read of its own. */
    private void queryShelf() {
        long begin = recorder.now();
        String request = "{TableName: '" + slots.shelves() + "', KeyConditionExpression: 'p = :p',"
                + "ConsistentRead: true, ScanIndexForward: false, Limit: 5,"
                + "ExpressionAttributeValues: {':p': {S: 's" + random.nextInt(2) + "'}}}";
        if (database.call("Query", request) instanceof Answer.Done(var body)) {
            body.path("Items")
                    .forEach(item -> record(
                            "Query",
                            begin,
                            Fate.DONE,
                            List.of(new Read(Slot.name(slots.shelves(), item), Optional.of(Slot.list(item))))));
        }
    }

    private void readTogether() {
        List<Slot> read = slots.pick(random, 2 + random.nextInt(MOST_OF_A_TRANSACTION - 1));
        String gets = read.stream()
                .map(slot -> "{Get: {TableName: '" + slot.table() + "', Key: {" + slot.key() + "}}}")
                .toList()
                .toString();
        long begin = recorder.now();
        switch (database.call("TransactGetItems", "{TransactItems: " + gets + "}")) {
            case Answer.Done(var body) -> {
                List<Action> actions = new ArrayList<>();
                for (int i = 0; i < read.size(); i++) {
                    actions.add(read(read.get(i), body.path("Responses").path(i)));
                }
                record("TransactGetItems", begin, Fate.DONE, actions);
            }
            case Answer.Refused refused -> {
                meetConflict("TransactGetItems", refused);
                record("TransactGetItems", begin, Fate.REFUSED, List.of());
            }
            case Answer.Lost _ -> {
                // Nothing was read.
            }
        }
    }

    private void record(String name, long begin, Fate fate, List<Action> actions) {
        conflicts = fate == Fate.DONE ? 0 : conflicts;
        recorder.add(number, name, begin, fate, actions);
    }
}
