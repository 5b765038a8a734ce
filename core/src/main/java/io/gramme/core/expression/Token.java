package io.gramme.core.expression;

/**
 * One word or sign of an expression's text.
 *
 * @param text as written
 * @param start where in the expression
 */
record Token(Kind kind, String text, int start) {
    enum Kind {
        NAME,
        NAME_ALIAS,
        VALUE_ALIAS,
        NUMBER,
        AND,
        OR,
        NOT,
        BETWEEN,
        IN,
        SET,
        REMOVE,
        ADD,
        DELETE,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        PLUS,
        MINUS,
        OPEN,
        CLOSE,
        OPEN_BRACKET,
        CLOSE_BRACKET,
        DOT,
        COMMA,
        UNKNOWN,
        END
    }

    int end() {
        return start + text.length();
    }
}
