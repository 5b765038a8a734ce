package io.gramme.consistency;

/**
 * Something in a history that must not be.
 *
 * @param text what was seen, and the operations that show it
 */
public record Anomaly(Kind kind, String text) {

    /** What is wrong. The names in brackets are those of the literature. */
    public enum Kind {
        /** An element was acknowledged and is not there. */
        LOST,
        /** An element is there whose request was refused (aborted read). */
        REFUSED_AND_DONE,
        /** An element, or a removal, is there more than once. */
        TWICE,
        /** Of an unanswered request one element is there and another is not. */
        HALF_DONE,
        /** An element exists that no request appended. */
        INVENTED,
        /** Two lists of an item of which neither begins with the other. */
        FORKED,
        /** No order of the requests for one item that keeps to real time explains them. */
        NOT_LINEARIZABLE,
        /** No order of the requests explains them (G0, G1c, G-single, G2). */
        NOT_SERIALIZABLE,
        /** Some order explains them, but none that keeps to real time. */
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
