package io.gramme.security.policy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of characters and wildcards, which matches a whole text. {@code *} matches any characters, also none;
 * {@code ?} matches one.
 *
 * <p>A wildcard is a number that no character has. So the value of a variable can stand beside wildcards, and a star in
 * it stays a star.
 *
 * <p>The time of a match is bounded by the product of the two lengths: after a mismatch only the last star takes one
 * character more, because what the stars before it matched can stay.
 */
final class Glob {
    static final int ANY = -1;
    static final int ONE = -2;

    private final int[] symbols;
    private final @Nullable String literal;

    Glob(int... symbols) {
        this.symbols = symbols;
        this.literal = Arrays.stream(symbols).allMatch(symbol -> symbol >= 0)
                ? new String(symbols, 0, symbols.length)
                : null;
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

    /** Whether it ends with a star. */
    boolean isOpen() {
        return symbols.length > 0 && symbols[symbols.length - 1] == ANY;
    }

    boolean matches(String text) {
        if (literal != null) {
            return literal.equals(text);
        }
        if (symbols.length == 1 && symbols[0] == ANY) {
            return true;
        }
        int symbol = 0;
        int at = 0;
        int star = -1; // The last star that was passed, and where the text behind it begins.
        int behind = 0;
        while (at < text.length()) {
            int expected = symbol < symbols.length ? symbols[symbol] : Integer.MIN_VALUE;
            if (expected == ANY) {
                star = symbol++;
                behind = at;
            } else if (expected == ONE) {
                symbol++;
                at += width(text, at);
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
        while (symbol < symbols.length && symbols[symbol] == ANY) {
            symbol++;
        }
        return symbol == symbols.length;
    }

    /** Of the character that begins there: one, or two for one outside the basic plane. */
    private static int width(String text, int at) {
        return Character.charCount(text.codePointAt(at));
    }
}
