package io.gramme.security.policy;

/** How closely a statement names the principal of a request, from not at all to by its own ARN. */
public enum PrincipalMatch {
    NONE,
    /** The account that it belongs to: its identity policies still have to allow. */
    ACCOUNT,
    /** Everyone ({@code *}). */
    EVERYONE,
    /** The role whose session it is. */
    ROLE,
    /** The user, the session, or the root identity of the account itself. */
    ITSELF;

    PrincipalMatch or(PrincipalMatch other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
