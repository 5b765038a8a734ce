package io.gramme.api.model;

import io.gramme.api.model.Model.Array;
import io.gramme.api.model.Model.Dictionary;
import io.gramme.api.model.Model.Enumeration;
import io.gramme.api.model.Model.Limits;
import io.gramme.api.model.Model.Member;
import io.gramme.api.model.Model.Operation;
import io.gramme.api.model.Model.Scalar;
import io.gramme.api.model.Model.Shape;
import io.gramme.api.model.Model.Structure;
import io.gramme.api.model.Model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the model files, and joins the services and our own operations into one model. */
final class ModelReader {
    /** The prefixes of a later model's shapes where an earlier model has a different shape of the same name. */
    private static final Map<String, String> PREFIXES =
            Map.of("DYNAMODB", "", "STREAMS", "Streams", "GRAMME", "Gramme", "AUTO_SCALING", "AutoScaling");

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Shape> shapes = new TreeMap<>();

    private ModelReader() {}

    static Model read() throws IOException {
        var reader = new ModelReader();
        reader.add("DYNAMODB", tree("dynamodb.json"));
        reader.add("STREAMS", tree("dynamodbstreams.json"));
        reader.add("GRAMME", tree("gramme.json"));
        reader.add("AUTO_SCALING", tree("applicationautoscaling.json"));
        reader.extend(tree("extensions.json").get("members"));
        return new Model(reader.operations, reader.shapes);
    }

    static JsonNode tree(String resource) throws IOException {
        try (InputStream in = ModelReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no such resource: " + resource);
            }
            return JsonMapper.shared().readTree(in);
        }
    }

    private void add(String service, JsonNode model) {
        Map<String, Shape> own = new TreeMap<>();
        for (var shape : model.get("shapes").properties()) {
            own.put(shape.getKey(), shape(shape.getKey(), shape.getValue(), UnaryOperator.identity()));
        }
        Set<String> different = different(own);
        String prefix = PREFIXES.get(service);
        UnaryOperator<String> name = shape -> different.contains(shape) ? prefix + shape : shape;
        for (var shape : model.get("shapes").properties()) {
            String renamed = name.apply(shape.getKey());
            shapes.put(renamed, shape(renamed, shape.getValue(), name));
        }
        for (JsonNode operation : model.get("operations")) {
            operations.add(new Operation(
                    operation.get("name").asString(),
                    service,
                    name.apply(operation.get("input").get("shape").asString()),
                    Optional.ofNullable(operation.get("output"))
                            .map(output -> name.apply(output.get("shape").asString()))));
        }
    }

    /** Adds optional members to shapes. */
    private void extend(JsonNode extensions) {
        for (var extension : extensions.properties()) {
            if (!(shapes.get(extension.getKey()) instanceof Structure structure)) {
                throw new IllegalArgumentException("no such structure: " + extension.getKey());
            }
            var members = new ArrayList<>(structure.members());
            for (var member : extension.getValue().properties()) {
                members.add(new Member(member.getKey(), member.getValue().asString(), false));
            }
            shapes.put(structure.name(), new Structure(structure.name(), members, structure.exception()));
        }
    }

    /** The names whose shapes in {@code own} differ from those read before, directly or further inside. */
    private Set<String> different(Map<String, Shape> own) {
        Set<String> different = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Shape shape : own.values()) {
                Shape known = shapes.get(shape.name());
                if (known != null
                        && (!known.equals(shape) || uses(shape).stream().anyMatch(different::contains))) {
                    grown |= different.add(shape.name());
                }
            }
        }
        return different;
    }

    private static List<String> uses(Shape shape) {
        return switch (shape) {
            case Structure structure ->
                structure.members().stream().map(Member::shape).toList();
            case Array array -> List.of(array.element());
            case Dictionary dictionary -> List.of(dictionary.key(), dictionary.value());
            case Text _, Enumeration _, Scalar _ -> List.of();
        };
    }

    private static Shape shape(String name, JsonNode node, UnaryOperator<String> naming) {
        Limits limits = new Limits(limit(node, "min"), limit(node, "max"));
        return switch (node.get("type").asString()) {
            case "structure" -> structure(name, node, naming);
            case "string" ->
                node.has("enum")
                        ? new Enumeration(name, strings(node.get("enum")))
                        : new Text(
                                name,
                                limits,
                                Optional.ofNullable(node.get("pattern")).map(JsonNode::asString));
            case "integer" -> new Scalar(name, Scalar.Type.INTEGER, limits);
            case "long" -> new Scalar(name, Scalar.Type.LONG, limits);
            case "double" -> new Scalar(name, Scalar.Type.DOUBLE, limits);
            case "boolean" -> new Scalar(name, Scalar.Type.BOOLEAN, limits);
            case "timestamp" -> new Scalar(name, Scalar.Type.TIMESTAMP, limits);
            case "blob" -> new Scalar(name, Scalar.Type.BLOB, limits);
            case "list" -> new Array(name, naming.apply(target(node, "member")), limits);
            case "map" ->
                new Dictionary(name, naming.apply(target(node, "key")), naming.apply(target(node, "value")), limits);
            default -> throw new IllegalArgumentException("unknown type of shape: " + node);
        };
    }

    private static Structure structure(String name, JsonNode node, UnaryOperator<String> naming) {
        Set<String> required = node.has("required") ? Set.copyOf(strings(node.get("required"))) : Set.of();
        var members = new ArrayList<Member>();
        for (var member : node.get("members").properties()) {
            String shape = member.getValue().get("shape").asString();
            members.add(new Member(member.getKey(), naming.apply(shape), required.contains(member.getKey())));
        }
        return new Structure(name, members, node.has("exception"));
    }

    private static OptionalLong limit(JsonNode node, String name) {
        return node.has(name) ? OptionalLong.of(node.get(name).asLong()) : OptionalLong.empty();
    }

    private static String target(JsonNode node, String role) {
        return node.get(role).get("shape").asString();
    }

    static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(element -> strings.add(element.asString()));
        return strings;
    }
}
