package io.gramme.security.policy;

/** Why a request is allowed or refused. */
public enum Cause {
    /** The server itself asks. */
    SERVER(""),
    /** The root identity of the account asks. */
    ROOT(""),
    /** An identity policy allows, and boundary and session do not limit it. */
    IDENTITY_ALLOWS(""),
    /** A resource policy or a trust policy allows. */
    RESOURCE_ALLOWS(""),

    RESOURCE_DENIES("a resource-based policy"),
    TRUST_DENIES("the role trust policy"),
    IDENTITY_DENIES("an identity-based policy"),
    BOUNDARY_DENIES("a permissions boundary"),
    SESSION_DENIES("a session policy"),

    NO_BOUNDARY("permissions boundary"),
    NO_SESSION("session policy"),
    NO_IDENTITY("identity-based policy"),
    NO_RESOURCE("resource-based policy"),
    NO_TRUST("role trust policy");

    private final String policy;

    Cause(String policy) {
        this.policy = policy;
    }

    /** Whether a statement denies. */
    public boolean isExplicit() {
        return switch (this) {
            case RESOURCE_DENIES, TRUST_DENIES, IDENTITY_DENIES, BOUNDARY_DENIES, SESSION_DENIES -> true;
            default -> false;
        };
    }

    boolean allows() {
        return compareTo(RESOURCE_ALLOWS) <= 0;
    }

    /** How refusals name the policies that deny, or of which none allows. */
    String policy() {
        return policy;
    }

    static Cause denied(PolicyKind kind) {
        return switch (kind) {
            case IDENTITY -> IDENTITY_DENIES;
            case BOUNDARY -> BOUNDARY_DENIES;
            case SESSION -> SESSION_DENIES;
            case RESOURCE -> RESOURCE_DENIES;
            case TRUST -> TRUST_DENIES;
        };
    }
}
