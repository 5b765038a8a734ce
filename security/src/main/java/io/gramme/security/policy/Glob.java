package io.gramme.security.policy;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of characters and wildcards, which matches a whole text. {@code *} matches any characters, also none;
 * {@code ?} matches one. In a part of an ARN they match no colon.
 *
 * <p>A wildcard is a number that no character has. So the value of a variable can stand beside wildcards, and a star in
 * it stays a star.
 *
 * <p>The time of a match is bounded by the product of the two lengths: it never tries a way twice.
 */
final class Glob {
    static final int ANY = -1;
    static final int ONE = -2;

    /** Any characters but colons. */
    static final int ANY_IN_PART = -3;

    /** One character that is no colon. */
    static final int ONE_IN_PART = -4;

    private static final int END = Integer.MIN_VALUE;

    private final int[] symbols;
    private final @Nullable String literal;
    private final boolean inParts;

    Glob(int... symbols) {
        this.symbols = symbols;
        this.literal =
                Arrays.stream(symbols).allMatch(symbol -> symbol >= 0) ? new String(symbols, 0, symbols.length) : null;
        this.inParts = Arrays.stream(symbols).anyMatch(symbol -> symbol <= ANY_IN_PART);
    }

    /** A pattern in which each {@code *} and {@code ?} is a wildcard. */
    static Glob of(String pattern) {
        return new Glob(pattern.chars().map(Glob::symbol).toArray());
    }

    static int symbol(int character) {
        return switch (character) {
            case '*' -> ANY;
            case '?' -> ONE;
            default -> character;
        };
    }

    boolean matches(String text) {
        if (literal != null) {
            return literal.equals(text);
        }
        if (symbols.length == 1 && symbols[0] == ANY) {
            return true;
        }
        return inParts ? matchesAllWays(text) : matchesGreedily(text);
    }

    private int at(int index) {
        return index < symbols.length ? symbols[index] : END;
    }

    /** After a mismatch only the last star takes one character more: what the stars before it matched can stay. */
    private boolean matchesGreedily(String text) {
        int symbol = 0;
        int at = 0;
        int star = -1; // The last star that was passed, and where the text behind it begins.
        int behind = 0;
        while (at < text.length()) {
            int expected = at(symbol);
            if (expected == ANY) {
                star = symbol++;
                behind = at;
            } else if (expected == ONE) {
                symbol++;
                at += Character.charCount(text.codePointAt(at));
            } else if (expected == text.charAt(at)) {
                symbol++;
                at++;
            } else if (star >= 0) {
                symbol = star + 1;
                at = ++behind;
            } else {
                return false;
            }
        }
        while (at(symbol) == ANY) {
            symbol++;
        }
        return symbol == symbols.length;
    }

    /** Follows all ways at once, which stars of two kinds need. */
    private boolean matchesAllWays(String text) {
        BitSet ways = new BitSet(symbols.length + 1);
        reach(0, ways);
        for (int at = 0; at < text.length() && !ways.isEmpty(); ) {
            int character = text.codePointAt(at);
            BitSet next = new BitSet(symbols.length + 1);
            for (int way = ways.nextSetBit(0); way >= 0; way = ways.nextSetBit(way + 1)) {
                int symbol = at(way);
                if (symbol == ANY || (symbol == ANY_IN_PART && character != ':')) {
                    reach(way, next);
                } else if (symbol == character || symbol == ONE || (symbol == ONE_IN_PART && character != ':')) {
                    reach(way + 1, next);
                }
            }
            ways = next;
            at += Character.charCount(character);
        }
        return ways.get(symbols.length);
    }

    /** Adds a place in the pattern, and those behind stars, which may match nothing. */
    private void reach(int place, BitSet ways) {
        int way = place;
        ways.set(way);
        while (at(way) == ANY || at(way) == ANY_IN_PART) {
            ways.set(++way);
        }
    }
}
