package io.gramme.api.model;

import io.gramme.api.model.Model.Member;
import io.gramme.api.model.Model.Structure;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the record of a structure, its builder, and its description for the parser and writer. */
final class RecordEmitter {
    private static final String[] IMPORTS = {
        "io.gramme.api.wire.Bounds",
        "io.gramme.api.wire.Copies",
        "io.gramme.api.wire.Shapes",
        "io.gramme.api.wire.Slots",
        "io.gramme.api.wire.Structure",
        "io.gramme.core.bytes.Bytes",
        "io.gramme.core.item.Item",
        "io.gramme.core.item.Value",
        "java.time.Instant",
        "java.util.List",
        "java.util.Map",
        "java.util.Objects",
        "java.util.Optional",
        "org.jspecify.annotations.Nullable"
    };

    private final Types types;
    private final Structure structure;
    private final JavaSource source = new JavaSource().use(IMPORTS);

    private RecordEmitter(Types types, Structure structure) {
        this.types = types;
        this.structure = structure;
    }

    static JavaSource emit(Types types, Structure structure) {
        return new RecordEmitter(types, structure).emit();
    }

    private JavaSource emit() {
        String name = structure.name();
        source.line("/** The structure {@code " + name + "} of the API model. */");
        source.line("public record " + name + "(" + joined(member -> type(member) + " " + component(member)) + ") {");
        source.line("    public static final Structure<" + name + "> SHAPE = new Json();");
        emitConstructor();
        if (hasBuilder()) {
            emitBuilderAccess();
            emitBuilder();
        }
        emitJson();
        return source.line("}");
    }

    private void emitConstructor() {
        source.line("").line("    public " + structure.name() + " {");
        for (Member member : structure.members()) {
            String component = component(member);
            if (types.isList(member.shape()) || types.isMap(member.shape())) {
                String copy = member.required() ? "of" : types.isList(member.shape()) ? "ofList" : "ofMap";
                source.line("        " + component + " = Copies." + copy + "(" + component + ");");
            } else if (!isPrimitive(member)) {
                source.line("        Objects.requireNonNull(" + component + ", \"" + component + "\");");
            }
        }
        source.line("    }");
    }

    private void emitBuilderAccess() {
        source.line("")
                .line("    public static Builder builder() {")
                .line("        return new Builder();")
                .line("    }")
                .line("")
                .line("    public Builder toBuilder() {")
                .line("        var builder = new Builder();");
        for (Member member : structure.members()) {
            source.line("        builder." + component(member) + " = " + component(member) + ";");
        }
        source.line("        return builder;").line("    }");
    }

    private void emitBuilder() {
        source.line("").line("    public static final class Builder {");
        for (Member member : structure.members()) {
            String declared = member.required() ? "@Nullable " + types.boxed(member.shape()) : type(member);
            String initial = member.required() ? "" : " = Optional.empty()";
            source.line("        private " + declared + " " + component(member) + initial + ";");
        }
        source.line("").line("        private Builder() {}");
        for (Member member : structure.members()) {
            if (member.required()) {
                emitSetter(member, types.required(member.shape()), component(member));
            } else {
                emitSetter(member, types.required(member.shape()), "Optional.of(" + component(member) + ")");
                emitSetter(member, type(member), component(member));
            }
        }
        source.line("")
                .line("        /** @throws NullPointerException if a required member was not given */")
                .line("        public " + structure.name() + " build() {")
                .line("            return new " + structure.name() + "(" + joined(this::built) + ");")
                .line("        }")
                .line("    }");
    }

    private String built(Member member) {
        String component = component(member);
        return member.required() ? "Objects.requireNonNull(" + component + ", \"" + component + "\")" : component;
    }

    private void emitSetter(Member member, String type, String value) {
        String component = component(member);
        source.line("")
                .line("        public Builder " + component + "(" + type + " " + component + ") {")
                .line("            this." + component + " = " + value + ";")
                .line("            return this;")
                .line("        }");
    }

    private void emitJson() {
        String name = structure.name();
        source.line("")
                .line("    private static final class Json extends Structure<" + name + "> {")
                .line("        Json() {")
                .line("            super(" + described() + ");")
                .line("        }")
                .line("")
                .line("        @Override")
                .line("        protected " + name + " unpack(Slots slots) {")
                .line("            return new " + name + "(" + unpacked() + ");")
                .line("        }")
                .line("")
                .line("        @Override")
                .line("        protected void pack(" + name + " structure, Slots slots) {");
        int position = 0;
        for (Member member : structure.members()) {
            source.line("            slots.set(" + position++ + ", structure." + component(member) + "());");
        }
        source.line("        }").line("    }");
    }

    private String described() {
        var members = structure.members().stream()
                .map(member -> (member.required() ? "must(" : "may(") + JavaSource.literal(member.name()) + ", "
                        + types.description(member.shape()) + ")");
        var name = JavaSource.literal(structure.name());
        return name + members.map(member -> ",\n                    " + member).collect(Collectors.joining());
    }

    private String unpacked() {
        List<Member> members = structure.members();
        var arguments = new StringBuilder();
        for (int i = 0; i < members.size(); i++) {
            arguments.append(i == 0 ? "" : ", ").append("slots.");
            // The type is explicit where inference would have to unbox.
            arguments.append(
                    members.get(i).required() ? "<" + types.boxed(members.get(i).shape()) + ">required(" : "optional(");
            arguments.append(i).append(')');
        }
        return arguments.toString();
    }

    private String joined(java.util.function.Function<Member, String> part) {
        return structure.members().stream().map(part).collect(Collectors.joining(", "));
    }

    private boolean hasBuilder() {
        return structure.members().stream().anyMatch(member -> !member.required());
    }

    private String type(Member member) {
        return member.required() ? types.required(member.shape()) : "Optional<" + types.boxed(member.shape()) + ">";
    }

    private boolean isPrimitive(Member member) {
        return Character.isLowerCase(type(member).charAt(0));
    }

    /** Two members of one structure may differ only in their capitals. */
    private String component(Member member) {
        String name = Naming.component(member.name());
        boolean taken = structure.members().stream()
                .takeWhile(earlier -> !earlier.equals(member))
                .anyMatch(earlier -> Naming.component(earlier.name()).equals(name));
        return taken ? name + "_" : name;
    }
}
