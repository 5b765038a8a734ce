package io.gramme.security.policy;

/** What a policy is attached to. It decides which elements a statement must have and which it may not have. */
public enum PolicyKind {
    /** Of a user, a group or a role: what the identity may do. */
    IDENTITY,
    /** Of a user or a role: the most that its identity policies can grant. */
    BOUNDARY,
    /** Of temporary credentials: the most that they can be used for. */
    SESSION,
    /** Of a table or a stream: what principals may do with it. */
    RESOURCE,
    /** Of a role: the principals that may assume it. */
    TRUST;

    /** Whether a statement names principals; without them it speaks of the identity that has the policy. */
    public boolean hasPrincipals() {
        return this == RESOURCE || this == TRUST;
    }
}
