package io.gramme.core.expression;

import io.gramme.core.expression.Token.Kind;

/**
 * Tracks the nesting depth of a parser and refuses redundant parentheses: two pairs around the same thing.
 *
 * <p>A text that is not refused anyway has no more than {@link Inspector#MAX_OPERATORS} operators, and a pair of
 * parentheses that is not redundant stands around one or, innermost, around none. So neither nests deeper than
 * {@link #MAX_DEPTH}, and a deeper text is refused on the way down: no text can exhaust the stack. At most half of a
 * stack's usual megabyte is needed, when the methods of a parser have been compiled by the quick compiler, which makes
 * large frames of them.
 */
final class Parentheses {
    private static final int MAX_DEPTH = Inspector.MAX_OPERATORS + 2;

    private final Cursor cursor;
    private int pairs;
    private int operators;

    /** The position of the pair that was closed last, counted in tokens. */
    private int lastOpen = -1;

    private int lastClose = -1;

    Parentheses(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Returns the value that {@link #close} needs. */
    int open() {
        if (pairs == MAX_DEPTH) {
            throw cursor.errors().redundantParentheses();
        }
        pairs++;
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
        pairs--;
    }

    /** Enters a nesting that is no pair of parentheses: the operand of NOT, those of a function. */
    void enterOperator() {
        if (operators == MAX_DEPTH) {
            throw cursor.errors().tooManyOperators(Inspector.MAX_OPERATORS);
        }
        operators++;
    }

    void leaveOperator() {
        operators--;
    }
}
