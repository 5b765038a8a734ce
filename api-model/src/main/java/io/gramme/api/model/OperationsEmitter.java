package io.gramme.api.model;

import io.gramme.api.model.Model.Operation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the list of all operations, with the details of each. */
final class OperationsEmitter {
    private final List<Operation> operations;
    private final Wordings wordings;

    OperationsEmitter(List<Operation> operations, Wordings wordings) {
        this.operations = operations;
        this.wordings = wordings;
    }

    JavaSource operations() {
        var source = new JavaSource()
                .use("io.gramme.api.wire.Operation", "io.gramme.api.wire.Service", "io.gramme.api.wire.Unit")
                .use("java.util.HashMap", "java.util.List", "java.util.Map", "java.util.Optional")
                .line("/** Every operation of the API. */")
                .line("public final class Operations {")
                .line("    private static final Catalogue CATALOGUE = new Catalogue();")
                .line("");
        for (Operation operation : operations) {
            source.line("    public static final Operation<" + operation.input() + ", "
                    + operation.output().orElse("Unit") + "> " + Naming.constant(operation.name()) + " =");
            source.line("            new Operation<>(" + JavaSource.literal(operation.name()) + ", Service."
                    + operation.service() + ", CATALOGUE);");
        }
        String all = operations.stream()
                .map(operation -> "\n            " + Naming.constant(operation.name()))
                .collect(Collectors.joining(","));
        return source.line("")
                .line("    private static final List<Operation<?, ?>> ALL = List.of(" + all + ");")
                .line("")
                .line("    private static final Map<String, Operation<?, ?>> BY_NAME = HashMap.newHashMap(ALL.size());")
                .line("")
                .line("    static {")
                .line("        for (Operation<?, ?> operation : ALL) {")
                .line("            BY_NAME.put(operation.name(), operation);")
                .line("        }")
                .line("    }")
                .line("")
                .line("    private Operations() {}")
                .line("")
                .line("    public static List<Operation<?, ?>> all() {")
                .line("        return ALL;")
                .line("    }")
                .line("")
                .line("    public static Optional<Operation<?, ?>> find(Service service, String name) {")
                .line("        return Optional.<Operation<?, ?>>ofNullable(BY_NAME.get(name))")
                .line("                .filter(operation -> operation.service() == service);")
                .line("    }")
                .line("}");
    }

    JavaSource catalogue() {
        var source = new JavaSource()
                .use("io.gramme.api.wire.Dialect", "io.gramme.api.wire.Operation", "io.gramme.api.wire.Structure")
                .use(
                        "io.gramme.api.wire.Unit",
                        "io.gramme.api.wire.Wording",
                        "java.util.List",
                        "java.util.Map",
                        "java.util.Set")
                .line("/** Input, output and wording of each operation, by its name. */")
                .line("final class Catalogue implements Operation.Catalogue {");
        emitSwitch(source, "Structure<?> input", operation -> operation.input() + ".SHAPE");
        emitSwitch(
                source, "Structure<?> output", operation -> operation.output().orElse("Unit") + ".SHAPE");
        emitSwitch(source, "Wording wording", operation -> wordings.expression(operation.name()));
        return source.line("}");
    }

    private void emitSwitch(JavaSource source, String method, Function<Operation, String> value) {
        source.line("")
                .line("    @Override")
                .line("    public " + method + "(String operation) {")
                .line("        return switch (operation) {");
        for (Operation operation : operations) {
            source.line(
                    "            case " + JavaSource.literal(operation.name()) + " -> " + value.apply(operation) + ";");
        }
        source.line("            default -> throw new IllegalArgumentException(\"unknown operation: \" + operation);")
                .line("        };")
                .line("    }");
    }
}
