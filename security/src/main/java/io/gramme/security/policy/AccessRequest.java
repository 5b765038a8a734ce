package io.gramme.security.policy;

import io.gramme.core.identity.Principal;

/**
 * One action on one resource by one principal. A request of a client may be several of these: all have to be allowed.
 *
 * @param action with its service: {@code dynamodb:GetItem}
 * @param resource its ARN; {@code *} for an action that has no resource
 * @param owner the account of the resource, twelve digits
 */
public record AccessRequest(Principal principal, String action, String resource, String owner) {
    private static final String DELETE_RESOURCE_POLICY = "dynamodb:deleteresourcepolicy";

    boolean isRoot() {
        return principal.kind() == Principal.Kind.ROOT;
    }

    boolean isOfOwner() {
        return principal.account().equals(owner);
    }

    boolean deletesResourcePolicy() {
        return ConditionKeys.lower(action).equals(DELETE_RESOURCE_POLICY);
    }
}
