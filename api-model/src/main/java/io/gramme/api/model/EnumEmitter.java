package io.gramme.api.model;

import io.gramme.api.model.Model.Enumeration;

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
        for (int i = 0; i < enumeration.values().size(); i++) {
            boolean last = i == enumeration.values().size() - 1;
            source.line("    " + enumeration.values().get(i) + (last ? ";" : ","));
        }
        return source.line("")
                .line("    public static final EnumShape<" + name + "> SHAPE = new EnumShape<>(")
                .line("            values(),")
                .line("            List.of(" + JavaSource.literals(wordings.newerOrder(enumeration)) + "),")
                .line("            List.of(" + JavaSource.literals(wordings.olderOrder(enumeration)) + "));")
                .line("")
                .line("    @Override")
                .line("    public String wire() {")
                .line("        return name();")
                .line("    }")
                .line("}");
    }
}
