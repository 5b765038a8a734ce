package io.gramme.core.expression;

import io.gramme.core.expression.Token.Kind;

/**
 * Watches how deep a parser is and refuses two pairs of parentheses around the same thing.
 *
 * <p>A text that is not refused anyway nests no deeper than {@link #MAX_DEPTH}: each level that is neither redundant
 * nor one of the {@link Inspector#MAX_OPERATORS operators} is a pair of parentheses around one. Deeper ones are refused
 * on the way down, so that no text can exhaust the stack.
 */
final class Parentheses {
    private static final int MAX_DEPTH = 2 * (Inspector.MAX_OPERATORS + 2);

    private final Cursor cursor;
    private int depth;

    /** Where the pair that was closed last lies, counted in tokens. */
    private int lastOpen = -1;

    private int lastClose = -1;

    Parentheses(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Answers what {@link #close} must be given. */
    int open() {
        if (isDeepest()) {
            throw cursor.errors().redundantParentheses();
        }
        depth++;
        int open = cursor.position();
        cursor.expect(Kind.OPEN);
        return open;
    }

    void close(int open) {
        int close = cursor.position();
        cursor.expect(Kind.CLOSE);
        if (lastOpen == open + 1 && lastClose == close - 1) {
            throw cursor.errors().redundantParentheses();
        }
        lastOpen = open;
        lastClose = close;
        depth--;
    }

    /** Enters what nests without being a pair of parentheses: the operand of NOT, those of a function. */
    void enterOperator() {
        if (isDeepest()) {
            throw cursor.errors().tooManyOperators(Inspector.MAX_OPERATORS);
        }
        depth++;
    }

    void leaveOperator() {
        depth--;
    }

    private boolean isDeepest() {
        return depth == MAX_DEPTH;
    }
}
