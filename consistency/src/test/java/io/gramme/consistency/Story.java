package io.gramme.consistency;

import io.gramme.consistency.Action.Append;
import io.gramme.consistency.Action.Glimpse;
import io.gramme.consistency.Action.Read;
import io.gramme.consistency.Action.Remove;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A history made by hand. Times are small numbers. */
final class Story {
    private final List<Operation> operations = new ArrayList<>();

    Story done(long begin, long end, Action... actions) {
        return add(begin, end, Fate.DONE, actions);
    }

    Story refused(long begin, long end, Action... actions) {
        return add(begin, end, Fate.REFUSED, actions);
    }

    Story unknown(long begin, Action... actions) {
        return add(begin, Operation.NEVER, Fate.UNKNOWN, actions);
    }

    private Story add(long begin, long end, Fate fate, Action... actions) {
        int number = operations.size() + 1;
        operations.add(new Operation(number, number, "op", begin, end, fate, List.of(actions)));
        return this;
    }

    static Action append(String item, long element) {
        return new Append(item, element);
    }

    static Action remove(String item, long... elements) {
        return new Remove(item, list(elements));
    }

    static Action is(String item, long... elements) {
        return new Read(item, Optional.of(list(elements)));
    }

    static Action absent(String item) {
        return new Read(item, Optional.empty());
    }

    static Action wasOnce(String item, long... elements) {
        return new Glimpse(item, list(elements));
    }

    private static List<Long> list(long... elements) {
        return LongStream.of(elements).boxed().toList();
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    List<Anomaly> anomalies() {
        return HistoryCheck.anomalies(operations);
    }

    Stream<Anomaly.Kind> kinds() {
        return anomalies().stream().map(Anomaly::kind).distinct();
    }
}
