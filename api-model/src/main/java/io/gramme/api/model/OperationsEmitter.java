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
                    + operation.output().orElse("Unit") + "> " + constant(operation) + " =");
            source.line("            new Operation<>(" + JavaSource.literal(operation.name()) + ", Service."
                    + operation.service() + ", CATALOGUE);");
        }
        String all = operations.stream()
                .map(operation -> "\n            " + constant(operation))
                .collect(Collectors.joining(","));
        return source.line("")
                .line("    private static final List<Operation<?, ?>> ALL = List.of(" + all + ");")
                .line("")
                .line("    private static final Map<String, Operation<?, ?>> BY_ID = HashMap.newHashMap(ALL.size());")
                .line("")
                .line("    static {")
                .line("        for (Operation<?, ?> operation : ALL) {")
                .line("            BY_ID.put(operation.id(), operation);")
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
                .line("        return Optional.ofNullable(BY_ID.get(Operation.id(service, name)));")
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
                .line("/** Input, output and wording of each operation, by its id. */")
                .line("final class Catalogue implements Operation.Catalogue {");
        emitSwitch(source, "Structure<?> input", operation -> operation.input() + ".SHAPE");
        emitSwitch(
                source, "Structure<?> output", operation -> operation.output().orElse("Unit") + ".SHAPE");
        emitSwitch(source, "Wording wording", operation -> wordings.expression(operation.name()));
        return source.line("}");
    }

    /** The operation's name, after that of its service if an earlier one has an operation of that name. */
    private String constant(Operation operation) {
        boolean taken = operations.stream()
                .takeWhile(earlier -> !earlier.equals(operation))
                .anyMatch(earlier -> earlier.name().equals(operation.name()));
        return (taken ? operation.service() + "_" : "") + Naming.constant(operation.name());
    }

    private void emitSwitch(JavaSource source, String method, Function<Operation, String> value) {
        source.line("")
                .line("    @Override")
                .line("    public " + method + "(String operation) {")
                .line("        return switch (operation) {");
        for (Operation operation : operations) {
            String id = operation.service() + "." + operation.name();
            source.line("            case " + JavaSource.literal(id) + " -> " + value.apply(operation) + ";");
        }
        source.line("            default -> throw new IllegalArgumentException(\"unknown operation: \" + operation);")
                .line("        };")
                .line("    }");
    }
}
