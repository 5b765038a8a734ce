package io.gramme.core.item;

import io.gramme.core.error.Errors;

/** Parses one number from its text, in time linear in its length. Measured against the service: see each comment. */
final class DecimalReader {
    private final String text;
    private final Exponents exponents;
    private int at;

    DecimalReader(String text, Exponents exponents) {
        this.text = text;
        this.exponents = exponents;
    }

    /** The integer type in which exponents are calculated. An exponent beyond it makes the text no number. */
    enum Exponents {
        INT,
        LONG
    }

    Decimal read() {
        boolean negative = skipSign();
        var significant = new StringBuilder();
        int whole = readDigits(significant);
        int fraction = 0;
        if (skip('.')) {
            fraction = readDigits(significant);
        }
        if (whole + fraction == 0) {
            throw Errors.notANumber(text);
        }
        long exponent = skip('e') || skip('E') ? readExponent() : 0;
        if (at != text.length()) {
            throw Errors.notANumber(text);
        }
        if (exponents == Exponents.INT) {
            requireInt(exponent);
            requireInt(fraction - exponent);
        }
        return assemble(negative, significant, exponent - fraction);
    }

    private void requireInt(long scale) {
        if ((int) scale != scale) {
            throw Errors.notANumber(text);
        }
    }

    /** {@code exponent} is that of the last digit read. */
    private Decimal assemble(boolean negative, StringBuilder significant, long exponent) {
        int end = significant.length();
        if (end == 0) {
            // A zero is checked against the range by the exponent it was written with: 0e126 is refused, 0.0e126 is
            // not.
            requireInRange(exponent);
            return Decimal.ZERO;
        }
        while (significant.charAt(end - 1) == '0') {
            end--;
        }
        requireInRange(exponent + significant.length() - 1);
        if (end > Decimal.MAX_DIGITS) {
            throw Errors.tooManyDigits();
        }
        int trimmed = significant.length() - end;
        return Decimal.ofDigits(negative, significant.substring(0, end), (int) exponent + trimmed);
    }

    private void requireInRange(long exact) {
        // Measured: where ints are added, 1e2147483647 is an underflow.
        long magnitude = exponents == Exponents.INT ? (int) (exact + 1) - 1L : exact;
        if (magnitude > Decimal.MAX_EXPONENT) {
            throw Errors.numberOverflow();
        }
        if (magnitude < Decimal.MIN_EXPONENT) {
            throw Errors.numberUnderflow();
        }
    }

    private boolean skipSign() {
        boolean negative = skip('-');
        if (!negative) {
            skip('+');
        }
        return negative;
    }

    private boolean skip(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** Appends the digits from here on, without leading zeros of the whole number; returns how many were read. */
    private int readDigits(StringBuilder significant) {
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            char digit = text.charAt(at++);
            if (digit != '0' || !significant.isEmpty()) {
                significant.append(digit);
            }
        }
        return at - start;
    }

    /**
     * An exponent beyond a long makes the text no number to the service; one between int and long is a number out of
     * range.
     */
    private long readExponent() {
        boolean negative = skipSign();
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        try {
            long exponent = Long.parseLong(text, start, at, 10);
            // Far out of any range, and still safe to add a text's length to.
            long bounded = Math.min(exponent, Long.MAX_VALUE / 2);
            return negative ? -bounded : bounded;
        } catch (NumberFormatException _) {
            throw Errors.notANumber(text);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
