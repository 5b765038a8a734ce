package io.gramme.api.wire;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents made from the model files alone, without the generator: what a shape's JSON may look like. Objects are maps
 * in the order of the model, so that a broken part is easily put in.
 */
final class ModelDocuments {
    private static final int MAX_VALUE_DEPTH = 4;

    /** A text that each pattern of the model accepts, of a length its shape allows. */
    private static final Map<String, String> MATCHING = Map.ofEntries(
            Map.entry("[a-zA-Z0-9_.-]+", "a-b_c.D9"),
            Map.entry("[a-zA-Z0-9_.:$-]+", "index-1:PROD"),
            Map.entry("\\p{Print}+", "policy"),
            Map.entry("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*", "role \uD83D\uDE00"),
            Map.entry("^[^\\$]+$", "token"),
            Map.entry("[A-Za-z0-9][A-Za-z0-9\\-\\_\\.]{0,126}[A-Za-z0-9]", "rule-1"),
            Map.entry("[,;:|\\t ]", ";"),
            Map.entry("[\\x20-\\x21\\x23-\\x2B\\x2D-\\x7E]*", "header"),
            Map.entry("([0-9a-f]{16})+", "0123456789abcdef".repeat(7)),
            Map.entry("^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$", "my.bucket"),
            Map.entry("[0-9]{12}", "123456789012"),
            Map.entry(
                    "^arn:.+:application-autoscaling:.+:[0-9]+:scalable-target\\/[a-zA-Z0-9-]+$",
                    "arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/0a1b-2"),
            Map.entry(
                    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                    "01234567-89ab-cdef-0123-456789abcdef"));

    private static final Map<Service, JsonNode> MODELS = new ConcurrentHashMap<>();

    private final JsonNode shapes;

    /** Operations of ours have shapes of DynamoDB, too. */
    private final JsonNode shared;

    private final JsonNode operations;
    private final Random random;

    private ModelDocuments(Service service, long seed) {
        JsonNode model = MODELS.computeIfAbsent(service, ModelDocuments::model);
        this.shapes = Objects.requireNonNull(model.get("shapes"));
        this.shared = Objects.requireNonNull(
                MODELS.computeIfAbsent(Service.DYNAMODB, ModelDocuments::model).get("shapes"));
        this.operations = Objects.requireNonNull(model.get("operations"));
        this.random = new Random(seed);
    }

    static ModelDocuments of(Service service, long seed) {
        return new ModelDocuments(service, seed);
    }

    private static JsonNode model(Service service) {
        String file = switch (service) {
            case DYNAMODB -> "/io/gramme/api/model/dynamodb.json";
            case STREAMS -> "/io/gramme/api/model/dynamodbstreams.json";
            case GRAMME -> "/io/gramme/api/model/gramme.json";
            case AUTO_SCALING -> "/io/gramme/api/model/applicationautoscaling.json";
        };
        InputStream in = Objects.requireNonNull(ModelDocuments.class.getResourceAsStream(file));
        return JsonMapper.shared().readTree(in);
    }

    List<String> operationNames() {
        return List.copyOf(operations.propertyNames());
    }

    JsonNode shape(String name) {
        JsonNode own = shapes.get(name);
        return Objects.requireNonNull(own == null ? shared.get(name) : own, name);
    }

    String inputShape(String operation) {
        return operations.get(operation).get("input").get("shape").asString();
    }

    /** A valid input, with about every second optional member. */
    Object input(String operation) {
        return valid(inputShape(operation), false);
    }

    /** A valid input with every member. */
    Object fullInput(String operation) {
        return valid(inputShape(operation), true);
    }

    /** A valid output; nothing if the operation answers nothing. */
    List<Object> outputs(String operation) {
        JsonNode output = operations.get(operation).get("output");
        return output == null ? List.of() : List.of(valid(output.get("shape").asString(), false));
    }

    Object valid(String name, boolean full) {
        if (name.equals("AttributeValue")) {
            return attributeValue(1);
        }
        if (name.equals("TableArn")) {
            return "table-" + random.nextInt(100); // The model does not say what a plain name must satisfy.
        }
        JsonNode shape = shape(name);
        return switch (shape.get("type").asString()) {
            case "structure" -> structure(shape, full);
            case "string" -> text(shape);
            case "integer", "long" -> whole(shape);
            case "double" -> random.nextInt(1_000) / 2.0;
            case "boolean" -> random.nextBoolean();
            case "timestamp" -> BigDecimal.valueOf(1_700_000_000_000L + random.nextInt(), 3);
            case "blob" -> blob();
            case "list" -> list(shape, full);
            case "map" -> map(shape, full);
            default -> throw new IllegalArgumentException(shape.toString());
        };
    }

    private Map<String, Object> structure(JsonNode shape, boolean full) {
        List<String> required = new ArrayList<>();
        if (shape.has("required")) {
            shape.get("required").forEach(name -> required.add(name.asString()));
        }
        var members = new LinkedHashMap<String, Object>();
        for (var member : shape.get("members").properties()) {
            if (full || required.contains(member.getKey()) || random.nextBoolean()) {
                members.put(
                        member.getKey(), valid(member.getValue().get("shape").asString(), full));
            }
        }
        return members;
    }

    private String text(JsonNode shape) {
        if (shape.has("enum")) {
            return shape.get("enum")
                    .get(random.nextInt(shape.get("enum").size()))
                    .asString();
        }
        if (shape.has("pattern")) {
            return Objects.requireNonNull(MATCHING.get(shape.get("pattern").asString()), shape::toString);
        }
        int least = shape.has("min") ? shape.get("min").asInt() : 0;
        int most = shape.has("max") ? Math.min(shape.get("max").asInt(), least + 20) : least + 20;
        return word(least + random.nextInt(most - least + 1));
    }

    private String word(int length) {
        var word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("abcXYZ09/\"\\é€".charAt(random.nextInt(13)));
        }
        return word.toString();
    }

    private long whole(JsonNode shape) {
        long least = shape.has("min") ? shape.get("min").asLong() : 0;
        long most = shape.has("max") ? shape.get("max").asLong() : 1_000_000;
        return random.nextLong(least, most + 1);
    }

    private String blob() {
        byte[] content = new byte[random.nextInt(8)];
        random.nextBytes(content);
        return Base64.getEncoder().encodeToString(content);
    }

    private List<Object> list(JsonNode shape, boolean full) {
        int least = Math.max(full ? 1 : 0, shape.has("min") ? shape.get("min").asInt() : 0);
        int most = shape.has("max") ? Math.min(shape.get("max").asInt(), least + 2) : least + 2;
        var elements = new ArrayList<>();
        for (int count = random.nextInt(least, most + 1); count > 0; count--) {
            elements.add(valid(shape.get("member").get("shape").asString(), full));
        }
        return elements;
    }

    private Map<String, Object> map(JsonNode shape, boolean full) {
        int least = Math.max(full ? 1 : 0, shape.has("min") ? shape.get("min").asInt() : 0);
        var entries = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(least, least + 3); i > 0; i--) {
            entries.put("key-" + i, valid(shape.get("value").get("shape").asString(), full));
        }
        return entries;
    }

    /** Sets are in the order in which they are written. */
    private Map<String, Object> attributeValue(int level) {
        int kinds = level < MAX_VALUE_DEPTH ? 10 : 8;
        return switch (random.nextInt(kinds)) {
            case 0 -> Map.of("S", word(random.nextInt(6)));
            case 1 -> Map.of("N", number());
            case 2 -> Map.of("B", blob());
            case 3 -> Map.of("BOOL", random.nextBoolean());
            case 4 -> Map.of("NULL", true);
            case 5 -> Map.of("SS", List.copyOf(new TreeSet<>(List.of(word(1), word(2), word(3)))));
            case 6 -> Map.of("NS", List.of("-" + (1 + random.nextInt(9)), "0.5", number()));
            case 7 -> Map.of("BS", List.of("", "AA=="));
            case 8 -> Map.of("L", List.of(attributeValue(level + 1), attributeValue(level + 1)));
            default -> Map.of("M", Map.of(word(3), attributeValue(level + 1)));
        };
    }

    private String number() {
        return BigDecimal.valueOf(1 + random.nextInt(1_000_000), random.nextInt(5))
                .add(BigDecimal.ONE)
                .stripTrailingZeros()
                .toPlainString();
    }

    static byte[] json(Object document) {
        return JsonMapper.shared().writeValueAsBytes(document);
    }

    /** A document in a form in which equal means the same: numbers by value, objects without order. */
    static Object meaning(byte[] json) {
        return meaning(JsonMapper.shared().readTree(json));
    }

    private static Object meaning(JsonNode node) {
        if (node.isObject()) {
            var members = new LinkedHashMap<String, Object>();
            node.properties().forEach(member -> members.put(member.getKey(), meaning(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            var elements = new ArrayList<>();
            node.forEach(element -> elements.add(meaning(element)));
            return elements;
        }
        return node.isNumber() ? new BigDecimal(node.asString()).stripTrailingZeros() : node.toString();
    }
}
