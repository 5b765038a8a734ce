package io.gramme.security.policy;

import java.util.List;
import java.util.Optional;

/**
 * The policies that decide about a request.
 *
 * @param identity of the user and its groups, or of the role
 * @param boundary of the user or the role; absent if none is set
 * @param session of its temporary credentials: what any of them allows is allowed; empty if they have none
 * @param resource of the table or stream; or the trust policy, if the request is to assume a role
 */
public record PolicySet(
        List<NamedPolicy> identity,
        Optional<NamedPolicy> boundary,
        List<NamedPolicy> session,
        Optional<NamedPolicy> resource) {
    /** No policies: they allow an account's root identity everything in its account, and others nothing. */
    public static final PolicySet NONE = new PolicySet(List.of(), Optional.empty(), List.of(), Optional.empty());

    public PolicySet {
        identity = List.copyOf(identity);
        session = List.copyOf(session);
    }

    /** The same with another policy of the resource. */
    public PolicySet withResource(Optional<NamedPolicy> other) {
        return new PolicySet(identity, boundary, session, other);
    }

    /** The policies of a kind. A trust policy stands in the place of a resource policy. */
    List<NamedPolicy> of(PolicyKind kind) {
        return switch (kind) {
            case IDENTITY -> identity;
            case BOUNDARY -> boundary.stream().toList();
            case SESSION -> session;
            case RESOURCE, TRUST ->
                resource.filter(named -> named.policy().kind() == kind).stream().toList();
        };
    }
}
