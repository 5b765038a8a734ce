package io.gramme.consistency.workload;

import io.gramme.consistency.Action;
import io.gramme.consistency.Action.Append;
import io.gramme.consistency.Action.Read;
import io.gramme.consistency.Action.Remove;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The change or check of one item that a client requests, alone or in a transaction.
 *
 * @param verb Put, Update, Delete or ConditionCheck
 * @param members of the request, or of the transaction's action
 * @param asDone the actions recorded if it is done: a condition that held was a read
 */
record Intent(Slot slot, String verb, String members, List<Action> asDone) {
    private static final int MARKS = 4;

    /** Appends to the item, whether it exists or not; where the item can be removed, only if it exists. */
    static Intent append(Slot slot, long element, RandomGenerator random) {
        String condition = slot.isRemovable() ? "ConditionExpression: 'attribute_exists(p)'," : "";
        return of(
                slot,
                "Update",
                "Key: {" + slot.key() + "}," + condition
                        + "UpdateExpression: 'SET l = list_append(if_not_exists(l, :none), :new), g = :g, n = :n',"
                        + "ExpressionAttributeValues: {':none': {L: []}, ':new': " + Slot.json(List.of(element))
                        + ", ':g': " + mark(random) + ", ':n': {N: '" + element + "'}}",
                List.of(new Append(slot.name(), element)));
    }

    /** Replaces the item by one with one more element, if it holds {@code before}; an empty list is no item. */
    static Intent replace(Slot slot, List<Long> before, long element, RandomGenerator random) {
        var after = new ArrayList<>(before);
        after.add(element);
        return put(slot, after, before, condition(before), random);
    }

    /** Puts the item if it does not exist, with one more element than it once had. */
    static Intent putBack(Slot slot, List<Long> before, long element, RandomGenerator random) {
        var after = new ArrayList<>(before);
        after.add(element);
        return put(slot, after, List.of(), condition(List.of()), random);
    }

    private static Intent put(Slot slot, List<Long> after, List<Long> found, String condition, RandomGenerator random) {
        long element = after.getLast();
        return of(
                slot,
                "Put",
                "Item: {" + slot.key() + ", l: " + Slot.json(after) + ", g: " + mark(random) + ", n: {N: '" + element
                        + "'}}," + condition,
                List.of(read(slot, found), new Append(slot.name(), element)));
    }

    static Intent remove(Slot slot, List<Long> before) {
        return of(
                slot,
                "Delete",
                "Key: {" + slot.key() + "}," + condition(before),
                List.of(new Remove(slot.name(), before)));
    }

    static Intent check(Slot slot, List<Long> before) {
        return of(
                slot, "ConditionCheck", "Key: {" + slot.key() + "}," + condition(before), List.of(read(slot, before)));
    }

    private static Intent of(Slot slot, String verb, String members, List<Action> asDone) {
        return new Intent(
                slot,
                verb,
                "TableName: '" + slot.table() + "'," + members + ", ReturnValuesOnConditionCheckFailure: 'ALL_OLD'",
                asDone);
    }

    private static String condition(List<Long> before) {
        return before.isEmpty()
                ? "ConditionExpression: 'attribute_not_exists(p)'"
                : "ConditionExpression: 'l = :before', ExpressionAttributeValues: {':before': " + Slot.json(before)
                        + "}";
    }

    private static Read read(Slot slot, List<Long> found) {
        return new Read(slot.name(), found.isEmpty() ? Optional.empty() : Optional.of(found));
    }

    /** An attribute by which indexes sort. */
    private static String mark(RandomGenerator random) {
        return "{S: 'g" + random.nextInt(MARKS) + "'}";
    }

    boolean isRemoval() {
        return verb.equals("Delete");
    }

    /** The list of the item that it removes. */
    List<Long> removed() {
        return asDone.stream()
                .filter(Remove.class::isInstance)
                .map(Remove.class::cast)
                .findFirst()
                .orElseThrow()
                .list();
    }

    /** The actions recorded if it is refused: its element must not exist. */
    List<Action> asRefused() {
        return asDone.stream().filter(Append.class::isInstance).toList();
    }

    /** The read that a failed condition returned. */
    Action found(Optional<JsonNode> item) {
        Optional<List<Long>> list = Slot.list(item);
        list.ifPresent(slot::learn);
        return new Read(slot.name(), list);
    }
}
