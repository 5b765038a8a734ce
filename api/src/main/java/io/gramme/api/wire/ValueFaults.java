package io.gramme.api.wire;

import io.gramme.core.error.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The value faults of a request: its invalid attribute values, such as a malformed number or a set with a duplicate.
 * The service answers for them after the constraints, each operation at a moment of its own; until then a null value
 * replaces them. For each member of the request the first fault is kept, and for a member that is a list the first one
 * of each element.
 */
public final class ValueFaults {
    static final ValueFaults NONE = new ValueFaults();

    /** The most elements of a list that is checked one by one; a longer list is refused as such. */
    private static final int MAX_ELEMENTS = 100;

    /**
     * @param member the member of the request itself, as Item or ExpressionAttributeValues
     * @param placeholder the {@code :name} of the value, if it is an expression attribute value
     * @param error a ValidationException with only the text of the fault
     * @param olderError the same in the words of those operations that have not been given new ones
     */
    public record Fault(String member, Optional<String> placeholder, ApiException error, ApiException olderError) {}

    private final Map<String, Fault> firstByMember = LinkedHashMap.newLinkedHashMap(1);
    private final Map<Element, Fault> firstByElement = LinkedHashMap.newLinkedHashMap(1);

    private record Element(String member, int index) {}

    ValueFaults() {}

    void add(Fault fault) {
        firstByMember.putIfAbsent(fault.member(), fault);
    }

    /** @param index from 0, of the element of the member in which it was found */
    void add(Fault fault, int index) {
        add(fault);
        if (index < MAX_ELEMENTS) {
            firstByElement.putIfAbsent(new Element(fault.member(), index), fault);
        }
    }

    void forget(String member) {
        firstByMember.remove(member);
        firstByElement.keySet().removeIf(element -> element.member().equals(member));
    }

    public boolean isEmpty() {
        return firstByMember.isEmpty();
    }

    public Optional<Fault> in(String member) {
        return Optional.ofNullable(firstByMember.get(member));
    }

    /** @param index from 0, of an element of the member, which is a list */
    public Optional<Fault> in(String member, int index) {
        return Optional.ofNullable(firstByElement.get(new Element(member, index)));
    }

    /**
     * Throws the first fault, if there is one.
     *
     * @param order members in the order in which the service checks them; any others come last
     */
    public void raise(String... order) {
        first(order).ifPresent(fault -> {
            throw fault.error();
        });
    }

    /** The first fault; for {@code order} see {@link #raise}. */
    public Optional<Fault> first(String... order) {
        if (firstByMember.isEmpty()) {
            return Optional.empty();
        }
        for (String member : order) {
            if (firstByMember.containsKey(member)) {
                return in(member);
            }
        }
        return firstByMember.values().stream().findFirst();
    }
}
