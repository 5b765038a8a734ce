package io.gramme.consistency;

import io.gramme.consistency.Action.Append;
import io.gramme.consistency.Action.Glimpse;
import io.gramme.consistency.Action.Read;
import io.gramme.consistency.Action.Remove;
import io.gramme.consistency.Anomaly.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * The part of a history that concerns one item: its versions, whether they are possible, and the order of operations
 * that follows from them.
 */
final class ItemHistory {
    private final String item;
    private final List<Operation> operations;
    private final List<Event> events = new ArrayList<>();
    private Versions versions;

    /** @param operation its index */
    private record Event(int operation, Action action) {}

    /** An operation found the item in one of the versions from {@code first} to {@code last}. */
    private record Sight(int operation, int first, int last) {}

    ItemHistory(String item, List<Operation> operations) {
        this.item = item;
        this.operations = operations;
        this.versions = new Versions(item, List.of());
    }

    void add(int operation, Action action) {
        events.add(new Event(operation, action));
    }

    private Operation operation(Event event) {
        return operations.get(event.operation());
    }

    /** Derives the order of the elements from the longest list that was seen. */
    void order() {
        List<Long> longest = List.of();
        for (Event event : events) {
            List<Long> seen = operation(event).fate() == Fate.UNKNOWN ? List.of() : seen(event);
            longest = seen.size() > longest.size() ? seen : longest;
        }
        versions = new Versions(item, longest);
    }

    private List<Long> seen(Event event) {
        return switch (event.action()) {
            case Read read -> read.list().orElse(List.of());
            case Remove remove when operation(event).fate() == Fate.DONE -> remove.list();
            case Remove _, Append _, Glimpse _ -> List.of();
        };
    }

    boolean has(long element) {
        return versions.endingWith(element).isPresent();
    }

    /** Reports elements that exist and should not, or the other way round. */
    void checkElements(Consumer<Anomaly> complain) {
        Map<Long, Operation> appenders = new HashMap<>();
        for (Event event : events) {
            if (event.action() instanceof Append(var _, var element)) {
                appenders.put(element, operation(event));
                if (operation(event).fate() == Fate.DONE && !has(element)) {
                    complain.accept(new Anomaly(
                            Kind.LOST, element + " is not in " + item + ", though it was done:\n" + operation(event)));
                }
            }
        }
        requireAppended(versions.elements(), appenders, complain);
        requireOnce(complain);
        for (Event event : events) {
            List<Long> list = event.action() instanceof Glimpse glimpse ? glimpse.list() : seen(event);
            if (!list.isEmpty() && versions.of(list).isEmpty()) {
                requireAppended(list, appenders, complain);
                complain.accept(new Anomaly(
                        Kind.FORKED,
                        item + " was once " + versions.elements() + ", which does not begin with what was found by\n"
                                + operation(event) + "\nnamely " + list));
            }
        }
    }

    private void requireAppended(List<Long> list, Map<Long, Operation> appenders, Consumer<Anomaly> complain) {
        for (Long element : list) {
            Operation appender = appenders.get(element);
            if (appender == null) {
                complain.accept(new Anomaly(Kind.INVENTED, element + " in " + item + " was never appended"));
            } else if (appender.fate() == Fate.REFUSED) {
                complain.accept(new Anomaly(
                        Kind.REFUSED_AND_DONE, element + " is in " + item + ", though it was refused:\n" + appender));
            }
        }
    }

    private void requireOnce(Consumer<Anomaly> complain) {
        Set<Long> met = new HashSet<>();
        for (Long element : versions.elements()) {
            if (!met.add(element)) {
                complain.accept(new Anomaly(Kind.TWICE, element + " is more than once in " + item));
            }
        }
        Map<List<Long>, Operation> removed = new HashMap<>();
        for (Event event : events) {
            if (event.action() instanceof Remove(var _, var list)
                    && operation(event).fate() == Fate.DONE) {
                Operation other = removed.put(list, operation(event));
                if (other != null) {
                    complain.accept(new Anomaly(
                            Kind.TWICE,
                            item + " " + Operation.describe(Optional.of(list)) + " was removed by\n" + other
                                    + "\nand by\n" + operation(event)));
                }
            }
        }
    }

    /** The operations that wrote or read this item, of those that happened. */
    List<Integer> participants(IntPredicate happened) {
        return events.stream()
                .filter(event -> !(event.action() instanceof Glimpse))
                .map(Event::operation)
                .filter(happened::test)
                .distinct()
                .toList();
    }

    /** The constraints on the order of the operations that happened, by the versions of this item. */
    List<Edge> edges(IntPredicate happened) {
        noteWriters(happened);
        List<Edge> edges = new ArrayList<>();
        int writtenLast = versions.writtenAfter(Versions.NOT_YET).orElse(versions.count());
        while (writtenLast < versions.count()) {
            int next = versions.writtenAfter(writtenLast).orElse(versions.count());
            if (next < versions.count()) {
                add(edges, versions.writer(writtenLast), versions.writer(next), new Edge.Overwrote(versions, next));
            }
            writtenLast = next;
        }
        for (Sight sight : sights(happened)) {
            versions.writtenUpTo(sight.first())
                    .ifPresent(version ->
                            add(edges, versions.writer(version), sight.operation(), new Edge.Seen(versions, version)));
            versions.writtenAfter(sight.last())
                    .ifPresent(version -> add(
                            edges, sight.operation(), versions.writer(version), new Edge.NotSeen(versions, version)));
        }
        return edges;
    }

    private static void add(List<Edge> edges, int first, int second, Edge.Reason reason) {
        if (first != second) {
            edges.add(new Edge(first, second, reason));
        }
    }

    private void noteWriters(IntPredicate happened) {
        for (Event event : events) {
            boolean done = operation(event).fate() != Fate.REFUSED && happened.test(event.operation());
            switch (event.action()) {
                case Append(var _, var element)
                when done ->
                    versions.endingWith(element).ifPresent(version -> versions.wrote(event.operation(), version));
                case Remove(var _, var list)
                when operation(event).fate() != Fate.REFUSED ->
                    versions.of(list).ifPresent(version -> {
                        int removed = Versions.removedAt(list.size());
                        versions.mayBeAbsent(removed);
                        if (done) {
                            versions.wrote(event.operation(), removed);
                        }
                    });
                case Append _, Remove _, Read _, Glimpse _ -> {
                    // Wrote nothing, as far as is known.
                }
            }
        }
    }

    private List<Sight> sights(IntPredicate happened) {
        List<Sight> sights = new ArrayList<>();
        List<Integer> foundNothing = new ArrayList<>();
        for (Event event : events) {
            int operation = event.operation();
            if (!happened.test(operation)) {
                continue;
            }
            switch (event.action()) {
                case Read(var _, var list)
                when list.isPresent() ->
                    versions.of(list.get()).ifPresent(version -> sights.add(new Sight(operation, version, version)));
                case Read _ -> foundNothing.add(operation);
                case Remove(var _, var list)
                when operation(event).fate() != Fate.REFUSED ->
                    versions.of(list).ifPresent(version -> sights.add(new Sight(operation, version, version)));
                case Remove _, Append _, Glimpse _ -> {
                    // Implies nothing about what was there before.
                }
            }
        }
        if (!foundNothing.isEmpty()) {
            var bounds = new Bounds(sights);
            foundNothing.forEach(operation -> sights.add(bounds.sightOfNothing(operation)));
        }
        return sights;
    }

    /**
     * The range of absences of the item that a reader may have found. Real time narrows it down, and only what holds
     * for the whole range is concluded. Everything else that an item shows names its version.
     */
    private final class Bounds {
        /** The highest version that was seen or written by an operation that ended by then. */
        private final TreeMap<Long, Integer> lowest = new TreeMap<>();

        /** The lowest version that was seen or written by an operation that began then or later. */
        private final TreeMap<Long, Integer> highest = new TreeMap<>();

        Bounds(List<Sight> exact) {
            for (Sight sight : exact) {
                note(sight.operation(), sight.first());
            }
            for (int version = 0; version < versions.count(); version++) {
                if (versions.hasWriter(version)) {
                    note(versions.writer(version), version);
                }
            }
            int most = 0;
            for (var entry : lowest.entrySet()) {
                most = Math.max(most, entry.getValue());
                entry.setValue(most);
            }
            int least = versions.count() - 1;
            for (var entry : highest.descendingMap().entrySet()) {
                least = Math.min(least, entry.getValue());
                entry.setValue(least);
            }
        }

        private void note(int operation, int version) {
            lowest.merge(operations.get(operation).end(), version, Math::max);
            highest.merge(operations.get(operation).begin(), version, Math::min);
        }

        Sight sightOfNothing(int operation) {
            var before = lowest.lowerEntry(operations.get(operation).begin());
            var after = highest.higherEntry(operations.get(operation).end());
            int from = before == null ? 0 : before.getValue();
            int to = after == null ? versions.count() - 1 : after.getValue();
            int first = from;
            while (first < versions.count() && !versions.isMaybeAbsent(first)) {
                first++;
            }
            int last = to;
            while (!versions.isMaybeAbsent(last)) {
                last--;
            }
            // No absence fits: the nearest ones are taken, and the order they require will be found impossible.
            return new Sight(operation, first < versions.count() ? first : Versions.NOT_YET, last);
        }
    }
}
