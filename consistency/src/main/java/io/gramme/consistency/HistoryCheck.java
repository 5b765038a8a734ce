package io.gramme.consistency;

import io.gramme.consistency.Action.Append;
import io.gramme.consistency.Anomaly.Kind;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The check that a history is strictly serializable: that all requests that were done have a legal order, in which each
 * takes effect as a whole at one moment between its begin and its end, and finds what those before it left. It takes
 * time in proportion to the history.
 *
 * <p>The lists tell the versions of each item in their order, and which requests found which version
 * ({@link Versions}). The writer of a version comes before its readers, and both come before the writer of the next
 * version; a request that ended comes before one that began later. If these edges form a cycle there is no legal order;
 * if they do not, every order that respects them is legal.
 *
 * <p>The same check on the requests for one item, with their effects on that item alone, is linearizability of the
 * item: where all versions are known, that is the definition of a legal order of its requests in real time. It follows
 * from the whole; it is checked first because such a cycle is easier to read.
 *
 * <p>A history must end with a read of every item, or elements that no later request read count as lost. An operation
 * whose fate is unknown was done if one of its elements exists. An operation that may have been done and left no
 * element is ignored.
 *
 * <p>What is checked of absent items is sound, but not complete: an absence does not name its version.
 */
public final class HistoryCheck {
    private final List<Operation> operations;
    private final Map<String, ItemHistory> items = new TreeMap<>();
    private final Set<Anomaly> anomalies = new LinkedHashSet<>();

    /** The operations that take part in an order: those that were done, and those that read something when refused. */
    private final BitSet happened = new BitSet();

    private HistoryCheck(List<Operation> operations) {
        this.operations = operations;
    }

    /** The anomalies of a history; empty if it is consistent. */
    public static List<Anomaly> anomalies(List<Operation> history) {
        var check = new HistoryCheck(List.copyOf(history));
        check.gather();
        check.items.values().forEach(item -> item.checkElements(check.anomalies::add));
        check.checkUnanswered();
        check.checkOrder();
        return List.copyOf(check.anomalies);
    }

    private void gather() {
        for (int i = 0; i < operations.size(); i++) {
            for (Action action : operations.get(i).actions()) {
                items.computeIfAbsent(action.item(), name -> new ItemHistory(name, operations))
                        .add(i, action);
            }
        }
        items.values().forEach(ItemHistory::order);
        for (int i = 0; i < operations.size(); i++) {
            happened.set(i, happened(operations.get(i)));
        }
    }

    private boolean happened(Operation operation) {
        return switch (operation.fate()) {
            case DONE -> true;
            case REFUSED -> operation.actions().stream().anyMatch(Action.Read.class::isInstance);
            case UNKNOWN -> operation.actions().stream().anyMatch(this::isThere);
        };
    }

    private boolean isThere(Action action) {
        return action instanceof Append(var item, var element) && history(item).has(element);
    }

    private ItemHistory history(String item) {
        return items.computeIfAbsent(item, name -> new ItemHistory(name, operations));
    }

    private void checkUnanswered() {
        for (Operation operation : operations) {
            if (operation.fate() == Fate.UNKNOWN) {
                Map<Boolean, List<Action>> there = operation.actions().stream()
                        .filter(Append.class::isInstance)
                        .collect(Collectors.partitioningBy(this::isThere));
                if (there.values().stream().noneMatch(List::isEmpty)) {
                    anomalies.add(
                            new Anomaly(Kind.HALF_DONE, "only " + there.get(true) + " is there of\n" + operation));
                }
            }
        }
    }

    private void checkOrder() {
        var all = new Precedence(operations);
        for (ItemHistory item : items.values()) {
            List<Edge> edges = item.edges(happened::get);
            edges.forEach(all::add);
            checkAlone(item, edges);
        }
        complain(Kind.NOT_SERIALIZABLE, operations, all);
        if (anomalies.stream().anyMatch(anomaly -> anomaly.kind().isOfOrder())) {
            return; // An order that is violated without real time is violated with it, too.
        }
        all.addRealTime();
        complain(Kind.NOT_STRICT, operations, all);
    }

    private void checkAlone(ItemHistory item, List<Edge> edges) {
        List<Integer> participants = item.participants(happened::get);
        Map<Integer, Integer> places = new HashMap<>();
        participants.forEach(operation -> places.put(operation, places.size()));
        List<Operation> alone = participants.stream().map(operations::get).toList();
        var order = new Precedence(alone);
        for (Edge edge : edges) {
            order.add(new Edge(place(places, edge.first()), place(places, edge.second()), edge.reason()));
        }
        order.addRealTime();
        complain(Kind.NOT_LINEARIZABLE, alone, order);
    }

    private static int place(Map<Integer, Integer> places, int operation) {
        Integer place = places.get(operation);
        if (place == null) {
            throw new IllegalStateException("an operation is ordered by an item that it has nothing to do with");
        }
        return place;
    }

    private void complain(Kind kind, List<Operation> among, Precedence order) {
        for (List<Edge> cycle : order.cycles()) {
            String circle = cycle.stream()
                    .map(edge -> edge.describe(among.get(edge.first()), among.get(edge.second())))
                    .collect(Collectors.joining("\n  "));
            String members = cycle.stream()
                    .map(edge -> among.get(edge.first()).toString())
                    .collect(Collectors.joining("\n  "));
            anomalies.add(new Anomaly(kind, "these form a cycle\n  " + circle + "\nand are\n  " + members));
        }
    }
}
