package io.gramme.api.wire;

import static io.gramme.api.wire.OperationTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import io.gramme.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each constraint of the model, wherever it stands in a request, is held: broken alone, it is what is answered. */
class ConstraintTest {
    /** A document with one constraint broken, and what the answer must say. */
    private record Broken(Object document, String says) {}

    @ParameterizedTest
    @MethodSource("operations")
    void everyConstraintOfTheModelIsHeld(Operation<?, ?> operation) {
        var documents = ModelDocuments.of(operation.service(), 1);
        for (Broken broken : broken(documents, documents.inputShape(operation.name()))) {
            var error = refused(operation, ModelDocuments.json(broken.document()));
            assertThat(error).as("%s in %s", broken.says(), broken.document()).isNotNull();
            assertThat(error.code()).isEqualTo(ErrorCode.VALIDATION);
            assertThat(error.text()).as("%s", broken.document()).matches(text -> says(text, broken.says()));
        }
    }

    /** It is the only thing said; some missing members are asked for in words of their own, but never only named. */
    private static boolean says(String text, String phrase) {
        return text.contains(phrase) ? !text.contains("; ") : text.contains("is required");
    }

    private List<Broken> broken(ModelDocuments documents, String name) {
        if (name.equals("AttributeValue")) {
            return List.of();
        }
        JsonNode shape = documents.shape(name);
        return switch (shape.get("type").asString()) {
            case "structure" -> brokenMembers(documents, name, shape);
            case "string" -> brokenTexts(shape);
            case "integer", "long" -> brokenNumbers(shape);
            case "list" -> brokenLists(documents, shape);
            case "map" -> brokenMaps(documents, shape);
            default -> List.of();
        };
    }

    @SuppressWarnings("unchecked")
    private List<Broken> brokenMembers(ModelDocuments documents, String name, JsonNode shape) {
        var broken = new ArrayList<Broken>();
        var whole = (Map<String, Object>) documents.valid(name, true);
        for (var member : shape.get("members").properties()) {
            String type = member.getValue().get("shape").asString();
            for (Broken part : broken(documents, type)) {
                var document = new LinkedHashMap<>(whole);
                document.put(member.getKey(), part.document());
                broken.add(new Broken(document, part.says()));
            }
        }
        if (shape.has("required")) {
            for (JsonNode required : shape.get("required")) {
                var document = new LinkedHashMap<>(whole);
                document.remove(required.asString());
                broken.add(new Broken(document, "Member must not be null"));
            }
        }
        return broken;
    }

    private static List<Broken> brokenTexts(JsonNode shape) {
        var broken = new ArrayList<Broken>();
        if (shape.has("enum")) {
            return List.of(new Broken("BOGUS", "Member must satisfy enum value set: ["));
        }
        if (shape.has("min") && shape.get("min").asInt() > 0 && !shape.has("pattern")) {
            broken.add(new Broken("", "length greater than or equal to " + shape.get("min")));
        }
        if (shape.has("max") && !shape.has("pattern")) {
            String text = "a".repeat(shape.get("max").asInt() + 1);
            broken.add(new Broken(text, "length less than or equal to " + shape.get("max")));
        }
        if (shape.has("pattern") && !shape.get("pattern").asString().endsWith("]*")) {
            int length = shape.has("min") ? shape.get("min").asInt() : 4;
            broken.add(new Broken(
                    "\u0001$\u0001\u0001".repeat(30).substring(0, length),
                    "regular expression pattern: " + shape.get("pattern").asString()));
        }
        return broken;
    }

    private static List<Broken> brokenNumbers(JsonNode shape) {
        var broken = new ArrayList<Broken>();
        if (shape.has("min")) {
            long least = shape.get("min").asLong();
            broken.add(new Broken(least - 1, "value greater than or equal to " + least));
        }
        if (shape.has("max")) {
            long most = shape.get("max").asLong();
            broken.add(new Broken(most + 1, "value less than or equal to " + most));
        }
        return broken;
    }

    private List<Broken> brokenLists(ModelDocuments documents, JsonNode shape) {
        var broken = new ArrayList<Broken>();
        String element = shape.get("member").get("shape").asString();
        if (shape.has("min")) {
            broken.add(new Broken(List.of(), "length greater than or equal to " + shape.get("min")));
        }
        if (shape.has("max")) {
            var elements = new ArrayList<>();
            for (int i = 0; i <= shape.get("max").asInt(); i++) {
                elements.add(documents.valid(element, false));
            }
            broken.add(new Broken(elements, "length less than or equal to " + shape.get("max")));
        }
        for (Broken part : broken(documents, element)) {
            broken.add(new Broken(List.of(part.document()), part.says()));
        }
        return broken;
    }

    private List<Broken> brokenMaps(ModelDocuments documents, JsonNode shape) {
        var broken = new ArrayList<Broken>();
        String value = shape.get("value").get("shape").asString();
        if (shape.has("min")) {
            broken.add(new Broken(Map.of(), "length greater than or equal to " + shape.get("min")));
        }
        if (shape.has("max")) {
            var entries = new LinkedHashMap<String, Object>();
            for (int i = 0; i <= shape.get("max").asInt(); i++) {
                entries.put("key" + i, documents.valid(value, false));
            }
            broken.add(new Broken(entries, "length less than or equal to " + shape.get("max")));
        }
        JsonNode key = documents.shape(shape.get("key").get("shape").asString());
        if (key.has("max")) {
            // Names of tables are told as what they must be beyond the model.
            int most = shape.get("key").get("shape").asString().equals("TableArn")
                    ? 255
                    : key.get("max").asInt();
            broken.add(new Broken(
                    Map.of("k".repeat(key.get("max").asInt() + 1), documents.valid(value, true)),
                    "Map keys must satisfy constraint: [Member must have length less than or equal to " + most));
        }
        for (Broken part : broken(documents, value)) {
            broken.add(new Broken(Map.of("key", part.document()), part.says()));
        }
        return broken;
    }

    static Stream<Operation<?, ?>> operations() {
        return Operations.all().stream();
    }
}
