package io.gramme.api.model;

import io.gramme.api.model.Model.Enumeration;
import java.util.stream.Collectors;

/** Writes the enum of a string shape that has a fixed set of values. */
final class EnumEmitter {
    private EnumEmitter() {}

    static JavaSource emit(Enumeration enumeration, Wordings wordings) {
        String name = enumeration.name();
        var source = new JavaSource()
                .use("io.gramme.api.wire.EnumShape", "io.gramme.api.wire.WireEnum", "java.util.List")
                .line("/** The values of {@code " + name
                        + "} in the API model, under the names they have on the wire. */")
                .line("public enum " + name + " implements WireEnum {");
        boolean named = enumeration.values().stream()
                .allMatch(value -> Naming.enumConstant(value).equals(value));
        source.line(enumeration.values().stream()
                .map(value ->
                        "    " + Naming.enumConstant(value) + (named ? "" : "(" + JavaSource.literal(value) + ")"))
                .collect(Collectors.joining(",\n", "", ";")));
        source.line("")
                .line("    public static final EnumShape<" + name + "> SHAPE = new EnumShape<>(")
                .line("            values(),")
                .line("            List.of(" + JavaSource.literals(wordings.newerOrder(enumeration)) + "),")
                .line("            List.of(" + JavaSource.literals(wordings.olderOrder(enumeration)) + "));")
                .line("");
        if (!named) {
            emitWireName(source, name);
        }
        return source.line("    @Override")
                .line("    public String wire() {")
                .line("        return " + (named ? "name()" : "wire") + ";")
                .line("    }")
                .line("}");
    }

    private static void emitWireName(JavaSource source, String name) {
        source.line("    private final String wire;")
                .line("")
                .line("    " + name + "(String wire) {")
                .line("        this.wire = wire;")
                .line("    }")
                .line("");
    }
}
