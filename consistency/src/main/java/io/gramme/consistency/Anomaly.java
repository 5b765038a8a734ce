package io.gramme.consistency;

/**
 * A violation of consistency in a history.
 *
 * @param text what was seen, and the operations that show it
 */
public record Anomaly(Kind kind, String text) {

    /** The kinds of anomalies. The names in brackets are those of the literature. */
    public enum Kind {
        /** An element was acknowledged and is missing. */
        LOST,
        /** An element exists whose request was refused (aborted read). */
        REFUSED_AND_DONE,
        /** An element, or a removal, occurs more than once. */
        TWICE,
        /** One element of an unanswered request exists and another does not. */
        HALF_DONE,
        /** An element exists that no request appended. */
        INVENTED,
        /** Two lists of an item of which neither begins with the other. */
        FORKED,
        /** No order of the requests for one item that respects real time explains them. */
        NOT_LINEARIZABLE,
        /** No order of the requests explains them (G0, G1c, G-single, G2). */
        NOT_SERIALIZABLE,
        /** Some order explains them, but none that respects real time. */
        NOT_STRICT;

        boolean isOfOrder() {
            return compareTo(NOT_LINEARIZABLE) >= 0;
        }
    }

    @Override
    public String toString() {
        return kind + ": " + text;
    }
}
