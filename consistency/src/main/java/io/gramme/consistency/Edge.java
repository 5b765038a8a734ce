package io.gramme.consistency;

/**
 * A constraint between two operations: the first comes before the second in every order that explains the history.
 *
 * @param first index of an operation
 * @param second index of another
 */
record Edge(int first, int second, Reason reason) {

    /** The reason of the constraint. Versions are those of {@link Versions}. */
    sealed interface Reason {}

    /** The second wrote the version after the one that the first wrote. */
    record Overwrote(Versions versions, int version) implements Reason {}

    /** The second saw the version that the first wrote, or a later one. */
    record Seen(Versions versions, int version) implements Reason {}

    /** The first did not yet see what the second wrote. */
    record NotSeen(Versions versions, int version) implements Reason {}

    /** The first had ended when the second began. */
    enum RealTime implements Reason {
        ENDED_BEFORE
    }

    /** The edge in words, for the reader of a cycle. */
    String describe(Operation earlier, Operation later) {
        String names = "#" + earlier.number() + " before #" + later.number() + ": ";
        return names
                + switch (reason) {
                    case Overwrote(var versions, var version) ->
                        "#" + later.number() + " made " + versions.describe(version) + " of what #" + earlier.number()
                                + " had left";
                    case Seen(var versions, var version) ->
                        "#" + later.number() + " found " + versions.describe(version) + ", which #" + earlier.number()
                                + " had written";
                    case NotSeen(var versions, var version) ->
                        "#" + earlier.number() + " did not find " + versions.describe(version) + ", which #"
                                + later.number() + " wrote";
                    case RealTime.ENDED_BEFORE ->
                        "#" + earlier.number() + " had ended before #" + later.number() + " began";
                };
    }
}
