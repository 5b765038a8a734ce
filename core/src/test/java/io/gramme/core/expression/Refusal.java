package io.gramme.core.expression;

import java.util.stream.Stream;

/**
 * A text and the words it is refused with.
 *
 * @param words without {@code Invalid ConditionExpression: } or the like
 */
record Refusal(String text, String words) {
    /** One per line: the text, an arrow with two blanks at either side, the words. */
    static Stream<Refusal> table(String table) {
        return table.lines().map(line -> {
            int arrow = line.indexOf("  ->  ");
            return new Refusal(
                    line.substring(0, arrow).strip(), line.substring(arrow + 6).strip());
        });
    }

    @Override
    public String toString() {
        return text;
    }
}
