package io.gramme.consistency;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request with all its writes and reads, at one moment between its begin and its end.
 *
 * @param number distinguishes it from all others
 * @param begin in nanoseconds, by the clock of all clients
 * @param end {@link #NEVER} if it is unknown whether it ended
 */
public record Operation(int number, int client, String name, long begin, long end, Fate fate, List<Action> actions) {
    public static final long NEVER = Long.MAX_VALUE;

    private static final int SHOWN = 4;
    private static final double NANOS_PER_SECOND = 1e9;

    public Operation {
        actions = List.copyOf(actions);
        if (fate == Fate.UNKNOWN && end != NEVER) {
            throw new IllegalArgumentException("unanswered, and ended: " + name);
        }
    }

    @Override
    public String toString() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "#%d %s of client %d, %.6f s to %s, %s:",
                number,
                name,
                client,
                begin / NANOS_PER_SECOND,
                end == NEVER ? "?" : String.format(Locale.ROOT, "%.6f s", end / NANOS_PER_SECOND),
                fate));
        actions.forEach(action -> text.append(' ').append(describe(action)).append(';'));
        return text.toString();
    }

    private static String describe(Action action) {
        return switch (action) {
            case Action.Append(var item, var element) -> item + " += " + element;
            case Action.Remove(var item, var list) -> item + " " + describe(Optional.of(list)) + " removed";
            case Action.Read(var item, var list) -> item + " is " + describe(list);
            case Action.Glimpse(var item, var list) -> item + " was once " + describe(Optional.of(list));
        };
    }

    /** A list by its last elements, which are usually the ones in question. */
    static String describe(Optional<List<Long>> list) {
        return list.map(elements -> elements.size() <= SHOWN
                        ? elements.toString()
                        : elements.size() + " elements to "
                                + elements.subList(elements.size() - SHOWN, elements.size()))
                .orElse("absent");
    }
}
