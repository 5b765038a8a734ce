package io.gramme.security.policy;

/** What a statement does if it applies. */
public enum Effect {
    ALLOW("Allow"),
    DENY("Deny");

    private final String text;

    Effect(String text) {
        this.text = text;
    }

    /** As policies write it. */
    public String text() {
        return text;
    }
}
