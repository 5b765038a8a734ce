package io.gramme.core.partiql;

import io.gramme.core.error.ApiException;
import io.gramme.core.item.Value;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A statement, and what is said of it; written {@code statement -> words}, one a line. */
record Refusal(String statement, String words) {
    private static final String ARROW = " -> ";

    static Stream<Refusal> table(String lines) {
        return lines.lines().filter(line -> !line.isBlank()).map(Refusal::parse);
    }

    private static Refusal parse(String line) {
        int arrow = line.lastIndexOf(ARROW);
        return new Refusal(
                line.substring(0, arrow).strip(),
                line.substring(arrow + ARROW.length()).strip());
    }

    /** What is said of a statement all of whose parameters are the string {@code p}. */
    static String of(String statement) {
        try {
            return Statements.read(statement, Collections.nCopies(9, new Value.S("p")))
                    .toString();
        } catch (ApiException refusal) {
            return refusal.text();
        }
    }

    static List<Value> noParameters() {
        return List.of();
    }
}
