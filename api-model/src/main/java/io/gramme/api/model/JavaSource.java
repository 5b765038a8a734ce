package io.gramme.api.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One generated file: its imports and its lines. */
final class JavaSource {
    private static final String PACKAGE = "io.gramme.api";

    private final SortedSet<String> imports = new TreeSet<>();
    private final StringBuilder body = new StringBuilder();

    JavaSource use(String... types) {
        imports.addAll(List.of(types));
        return this;
    }

    /** Adds a line, at the indent it is given with. */
    JavaSource line(String line) {
        body.append(line).append('\n');
        return this;
    }

    /** A type used in the body by its simple name is imported only if the body does use it. */
    void write(Path directory, String type) throws IOException {
        String text = body.toString();
        String used = imports.stream()
                .filter(name -> text.matches("(?s).*\\b" + name.substring(name.lastIndexOf('.') + 1) + "\\b.*"))
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
        Path folder = directory.resolve(PACKAGE.replace('.', '/'));
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(type + ".java"),
                "package " + PACKAGE + ";\n\n" + used + (used.isEmpty() ? "" : "\n") + text);
    }

    static String literal(String text) {
        var literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                default -> literal.append(c);
            }
        }
        return literal.append('"').toString();
    }

    static String literals(List<String> texts) {
        return texts.stream().map(JavaSource::literal).collect(Collectors.joining(", "));
    }
}
