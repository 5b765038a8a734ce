package io.gramme.security.iam;

import io.gramme.security.policy.InvalidPolicyException;
import io.gramme.security.policy.NamedPolicy;
import io.gramme.security.policy.Policy;
import io.gramme.security.policy.PolicyKind;
import io.gramme.security.policy.PolicySet;
import io.gramme.security.policy.Simulation.Considered;
import io.gramme.security.policy.StatementPositions;
import io.gramme.security.policy.StatementPositions.Extent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies of a simulation, each with the place that it comes from. */
final class SimulatedPolicies {
    /** Characters of all texts together: a simulation may take each statement a thousand times. */
    private static final int MOST_CHARACTERS = Policy.MAX_CHARACTERS;

    private final List<NamedPolicy> identity = new ArrayList<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private Optional<NamedPolicy> boundary = Optional.empty();
    private Optional<NamedPolicy> resource = Optional.empty();
    private int characters;

    /**
     * Where a statement comes from.
     *
     * @param id of its policy
     * @param type of its policy, as the model of the service names it
     */
    record Place(String id, String type, Extent extent) {}

    private record Origin(String id, String type, List<Extent> extents) {}

    /** @param type as the model of the service names it: {@code user-managed} */
    void add(String id, String type, String text) {
        identity.add(read(id, type, text, PolicyKind.IDENTITY));
    }

    void bound(String id, String type, String text) {
        boundary = Optional.of(read(id, type, text, PolicyKind.BOUNDARY));
    }

    void ofResource(String text) {
        resource = Optional.of(read("ResourcePolicy", "resource", text, PolicyKind.RESOURCE));
    }

    private NamedPolicy read(String id, String type, String text, PolicyKind kind) {
        characters += text.length();
        if (characters > MOST_CHARACTERS) {
            throw IamErrors.invalid("The policies of a simulation have at most " + MOST_CHARACTERS + " characters.");
        }
        // Policies of several groups may bear the same name.
        String name = Integer.toString(origins.size());
        try {
            var policy = new NamedPolicy(name, Policy.parse(text, kind));
            origins.put(name, new Origin(id, type, StatementPositions.of(text)));
            return policy;
        } catch (InvalidPolicyException invalid) {
            throw IamErrors.invalid(invalid.reason());
        }
    }

    boolean isBounded() {
        return boundary.isPresent();
    }

    boolean hasResource() {
        return resource.isPresent();
    }

    PolicySet set() {
        return new PolicySet(identity, boundary, List.of(), resource);
    }

    Place place(Considered considered) {
        Origin origin = origins.get(considered.policy());
        if (origin == null) {
            throw new IllegalStateException("a statement of no policy: " + considered.policy());
        }
        return new Place(
                origin.id,
                origin.type,
                origin.extents.get(considered.statement().index()));
    }
}
