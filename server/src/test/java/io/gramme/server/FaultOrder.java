package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order in which an operation names what is wrong with a request: a valid request, and its possible faults in the
 * service's order. Checks that each fault alone is answered in its own words, and that of every two which can stand in
 * one request the earlier is answered.
 *
 * <p>A fault is an edit of the valid request. Members of an edit replace those of the request, objects are edited member
 * by member, null takes a member away, and an object with numbers for names edits the elements of a list. Two edits that
 * give one member different values cannot stand together. An edit can say so on purpose, by taking away what is not
 * there: a fault that only is one without an expression takes the expression away. Where edits cannot show that one
 * fault undoes another, {@link #apartFrom} does.
 */
public final class FaultOrder {
    private final Client client;
    private final String operation;
    private final JsonNode valid;
    private final List<Fault> faults = new ArrayList<>();

    private record Fault(String name, JsonNode edit, ErrorCode code, String message, Set<String> apart) {
        boolean standsWith(Fault other) {
            return !apart.contains(other.name) && !other.apart.contains(name) && agree(edit, other.edit);
        }
    }

    private FaultOrder(Client client, String operation, JsonNode valid) {
        this.client = client;
        this.operation = operation;
        this.valid = valid;
    }

    /** @param request a valid one, which may be run any number of times */
    public static FaultOrder of(Client client, String operation, String request) {
        return new FaultOrder(client, operation, Client.json(request));
    }

    /** The next fault in the service's order, if it is a ValidationException. */
    public FaultOrder fault(String name, String edit, String message) {
        return fault(name, edit, ErrorCode.VALIDATION, message);
    }

    /** The next fault in the service's order. */
    public FaultOrder fault(String name, String edit, ErrorCode code, String message) {
        if (faults.stream().anyMatch(fault -> fault.name.equals(name))) {
            throw new IllegalArgumentException("two faults of one name: " + name);
        }
        faults.add(new Fault(name, Client.json(edit), code, message, Set.of()));
        return this;
    }

    /** Says of the last fault that it cannot stand in one request with these earlier ones. */
    public FaultOrder apartFrom(String... earlier) {
        Fault last = faults.removeLast();
        for (String name : earlier) {
            if (faults.stream().noneMatch(fault -> fault.name.equals(name))) {
                throw new IllegalArgumentException("no fault of this name: " + name);
            }
        }
        faults.add(new Fault(last.name, last.edit, last.code, last.message, Set.of(earlier)));
        return this;
    }

    /** All that is to be checked, for a {@code @TestFactory}. */
    public Stream<DynamicTest> checks() {
        var checks = new ArrayList<DynamicTest>();
        checks.add(DynamicTest.dynamicTest("without a fault " + operation + " answers", () -> call(valid)));
        for (Fault fault : faults) {
            checks.add(DynamicTest.dynamicTest(
                    fault.name + " is answered in its own words", () -> assertAnswered(fault, edited(fault))));
        }
        for (int i = 0; i < faults.size(); i++) {
            for (Fault later : faults.subList(i + 1, faults.size())) {
                Fault earlier = faults.get(i);
                if (earlier.standsWith(later)) {
                    checks.add(DynamicTest.dynamicTest(
                            earlier.name + " goes before " + later.name,
                            () -> assertAnswered(earlier, edited(earlier, later))));
                }
            }
        }
        return checks.stream();
    }

    private void assertAnswered(Fault fault, JsonNode request) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> call(request));
        assertThat(refusal).as("refusal of %s", request).isNotNull();
        assertThat(refusal.text()).isEqualTo(fault.message);
        assertThat(refusal.code()).isEqualTo(fault.code);
    }

    private JsonNode call(JsonNode request) {
        return client.call(operation, request.toString());
    }

    private JsonNode edited(Fault... edits) {
        JsonNode request = valid.deepCopy();
        for (Fault fault : edits) {
            request = edited(request, fault.edit);
        }
        return request;
    }

    private static JsonNode edited(JsonNode target, JsonNode edit) {
        if (!(edit instanceof ObjectNode members) || edit.isEmpty()) {
            return edit.deepCopy();
        }
        if (target instanceof ArrayNode elements) {
            members.properties().forEach(member -> editElement(elements, member.getKey(), member.getValue()));
            return elements;
        }
        ObjectNode object = target instanceof ObjectNode given ? given : members.objectNode();
        members.properties().forEach(member -> editMember(object, member.getKey(), member.getValue()));
        return object;
    }

    private static void editMember(ObjectNode object, String name, JsonNode edit) {
        if (edit.isNull()) {
            object.remove(name);
        } else {
            object.set(name, edited(object.path(name), edit));
        }
    }

    private static void editElement(ArrayNode elements, String number, JsonNode edit) {
        int index = Integer.parseInt(number);
        if (index < elements.size()) {
            elements.set(index, edited(elements.get(index), edit));
        } else {
            elements.add(edited(elements.objectNode(), edit));
        }
    }

    /** Whether neither edit takes back what the other does. */
    private static boolean agree(JsonNode one, JsonNode other) {
        if (one instanceof ObjectNode members && other instanceof ObjectNode && !one.isEmpty() && !other.isEmpty()) {
            return members.properties().stream()
                    .allMatch(member ->
                            !other.has(member.getKey()) || agree(member.getValue(), other.get(member.getKey())));
        }
        return one.equals(other);
    }
}
