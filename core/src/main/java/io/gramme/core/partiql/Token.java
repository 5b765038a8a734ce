package io.gramme.core.partiql;

/**
 * One word or sign of a statement.
 *
 * @param text the content: a keyword in lower case, a name or a string without its quotes
 */
record Token(Kind kind, String text, Position at) {
    enum Kind {
        KEYWORD,
        NAME,
        QUOTED_NAME,
        STRING,
        NUMBER,
        ION,
        PARAMETER,
        /** An operator: {@code =}, {@code <>}, {@code +}, {@code ||} and the like; {@code *} is one too. */
        OPERATOR,
        OPEN("LEFT_PAREN"),
        CLOSE("RIGHT_PAREN"),
        OPEN_BRACKET("LEFT_BRACKET"),
        CLOSE_BRACKET("RIGHT_BRACKET"),
        OPEN_BAG("LEFT_DOUBLE_ANGLE_BRACKET"),
        CLOSE_BAG("RIGHT_DOUBLE_ANGLE_BRACKET"),
        OPEN_BRACE("LEFT_CURLY"),
        CLOSE_BRACE("RIGHT_CURLY"),
        DOT,
        COMMA,
        COLON,
        SEMICOLON,
        END;

        private final String shown;

        Kind() {
            this.shown = name();
        }

        Kind(String shown) {
            this.shown = shown;
        }

        /** The token as messages show it. */
        String shown() {
            return shown;
        }
    }

    boolean is(Kind wanted, String spelled) {
        return kind == wanted && text.equals(spelled);
    }

    boolean isName() {
        return kind == Kind.NAME || kind == Kind.QUOTED_NAME;
    }
}
