package io.gramme.api.wire;

import io.gramme.core.error.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Attribute values of a request that are no values, as a number that is none or a set with a duplicate. The service
 * answers for them after the constraints, each operation at a moment of its own; until then a null value stands in
 * their place. Of each member of the request the first fault is kept.
 */
public final class ValueFaults {
    static final ValueFaults NONE = new ValueFaults();

    /**
     * @param member the member of the request itself, as Item or ExpressionAttributeValues
     * @param placeholder the {@code :name} whose value it is, where it stands in expression attribute values
     * @param error a ValidationException in the bare words of the fault
     */
    public record Fault(String member, Optional<String> placeholder, ApiException error) {}

    private final Map<String, Fault> firstByMember = LinkedHashMap.newLinkedHashMap(1);

    ValueFaults() {}

    void add(Fault fault) {
        firstByMember.putIfAbsent(fault.member(), fault);
    }

    void forget(String member) {
        firstByMember.remove(member);
    }

    public boolean isEmpty() {
        return firstByMember.isEmpty();
    }

    public Optional<Fault> in(String member) {
        return Optional.ofNullable(firstByMember.get(member));
    }

    /** The first fault of the document. */
    public Optional<Fault> first() {
        return firstByMember.values().stream().findFirst();
    }

    /** Throws the first fault of the document, if there is one. */
    public void raise() {
        if (!isEmpty()) {
            throw first().orElseThrow().error();
        }
    }
}
