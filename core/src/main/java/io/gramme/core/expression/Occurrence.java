package io.gramme.core.expression;

import java.util.function.IntUnaryOperator;

/**
 * Searches a sequence for another, in time that grows with the sum of their lengths and not with the product (Knuth,
 * Morris, Pratt). It withstands what a hostile client may send: two strings of some 100 KB that almost match at every
 * position.
 */
final class Occurrence {
    private Occurrence() {}

    /** @param text the element at an index of the sequence searched; {@code part} that of the one searched for */
    static boolean of(IntUnaryOperator part, int partLength, IntUnaryOperator text, int textLength) {
        if (partLength == 0) {
            return true;
        }
        if (partLength > textLength) {
            return false;
        }
        int[] borders = borders(part, partLength);
        int matched = 0;
        for (int i = 0; i < textLength; i++) {
            matched = extended(part, borders, matched, text.applyAsInt(i));
            if (matched == partLength) {
                return true;
            }
        }
        return false;
    }

    /** For each prefix of the part, the length of its longest proper prefix that is also its suffix. */
    private static int[] borders(IntUnaryOperator part, int length) {
        int[] borders = new int[length];
        int matched = 0;
        for (int i = 1; i < length; i++) {
            matched = extended(part, borders, matched, part.applyAsInt(i));
            borders[i] = matched;
        }
        return borders;
    }

    /** The length of the matched prefix of the part after one more element. */
    private static int extended(IntUnaryOperator part, int[] borders, int matched, int element) {
        int length = matched;
        while (length > 0 && part.applyAsInt(length) != element) {
            length = borders[length - 1];
        }
        return part.applyAsInt(length) == element ? length + 1 : length;
    }
}
