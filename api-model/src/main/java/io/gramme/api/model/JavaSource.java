package io.gramme.api.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

    /** Adds a line, with its own indent. */
    JavaSource line(String line) {
        body.append(line).append('\n');
        return this;
    }

    /** Imports a type that the body may use by its simple name only if the body does use it. */
    void write(Path directory, String type) throws IOException {
        String used = imports.stream()
                .filter(this::isUsed)
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
        write(directory, type, "package " + PACKAGE + ";\n\n" + used + (used.isEmpty() ? "" : "\n") + body);
    }

    private boolean isUsed(String type) {
        String simpleName = type.substring(type.lastIndexOf('.') + 1);
        return Pattern.compile("\\b" + simpleName + "\\b").matcher(body).find();
    }

    static void writePackage(Path directory) throws IOException {
        write(directory, "package-info", """
                /** The requests and responses of the API, generated from its model. */
                @NullMarked
                package io.gramme.api;

                import org.jspecify.annotations.NullMarked;
                """);
    }

    /** Leaves an unchanged file alone, so that it is not compiled again. */
    private static void write(Path directory, String type, String source) throws IOException {
        Path folder = directory.resolve(PACKAGE.replace('.', '/'));
        Path file = folder.resolve(type + ".java");
        if (Files.exists(file) && Files.readString(file).equals(source)) {
            return;
        }
        Files.createDirectories(folder);
        Files.writeString(file, source);
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
