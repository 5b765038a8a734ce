package io.gramme.core.partiql;

/**
 * The position and length of a token in a statement; lines and columns count from 1, all in characters, of which an
 * emoji is one.
 */
record Position(int line, int column, int length) {

    /** As messages show it. */
    @Override
    public String toString() {
        return line + ":" + column + ":" + length;
    }
}
