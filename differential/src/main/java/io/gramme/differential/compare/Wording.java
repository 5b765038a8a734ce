package io.gramme.differential.compare;

import java.util.List;
import java.util.regex.Pattern;

/** Blanks the parts of a message that belong to one request: names, values, numbers. */
final class Wording {
    private static final int LONGEST = 400;

    private record Blank(Pattern pattern, String by) {
        Blank(String pattern, String by) {
            this(Pattern.compile(pattern), by);
        }
    }

    private static final List<Blank> BLANKS = List.of(
            new Blank("Value '.*?' at", "Value '…' at"),
            new Blank("Value \\{.*?\\} at", "Value {…} at"),
            new Blank("token: \".*?\", near: \".*\"", "token: …, near: …"),
            new Blank("AttributeValue: \\{.*?\\}(?=, upper|$)", "AttributeValue: {…}"),
            new Blank("path one: .*, path two: .*", "path one: […], path two: […]"),
            new Blank("(first operand:|does not project|filter attributes:) \\[.*\\]", "$1 […]"),
            new Blank("collection \\[.*\\] ?(contains|of type)", "collection […] $1"),
            new Blank("keys: \\{.*?\\}", "keys: {…}"),
            new Blank("numeric value: .*", "numeric value: …"),
            new Blank("(operand type|[Ee]xpected|[Aa]ctual|type): (\\{.*?\\}|[A-Z]+)", "$1: TYPE"),
            new Blank("for the type [A-Z_]+", "for the type TYPE"),
            new Blank("for [A-Z]+ AttributeValue type", "for TYPE AttributeValue type"),
            new Blank("gramme-differential-(\\d+-\\w+|missing)", "TABLE"),
            new Blank("\\b(gsi|lsi)\\d\\b", "INDEX"),
            new Blank("\\b(pk|sk|k\\d|at\\d|extra)\\b", "ATTR"),
            new Blank("(attribute name|attribute value|reserved keyword): \\S+", "$1: …"),
            new Blank("(operator or function|function|operator): [^,;]+", "$1: …"),
            new Blank("key: \".*?\"", "key: …"),
            new Blank("limit of\\d+", "limit of 0"),
            new Blank(":v\\d+|:unused|:missing", ":v"),
            new Blank("#n\\d+|#unused|#missing", "#n"),
            // Except for the number of detected errors.
            new Blank("\\b\\d+\\b(?! validation error)", "0"));

    private Wording() {}

    static String blank(String message) {
        String blanked = message;
        for (Blank blank : BLANKS) {
            blanked = blank.pattern().matcher(blanked).replaceAll(blank.by());
        }
        blanked = blanked.replace('\n', ' ').replace('\t', ' ');
        return blanked.length() <= LONGEST ? blanked : blanked.substring(0, LONGEST) + "…";
    }
}
