package io.gramme.core.partiql;

/** What a write shows of the item. */
public enum Returning {
    ALL_OLD("ALL OLD"),
    ALL_NEW("ALL NEW"),
    MODIFIED_OLD("MODIFIED OLD"),
    MODIFIED_NEW("MODIFIED NEW");

    private final String words;

    Returning(String words) {
        this.words = words;
    }

    /** As a statement says it. */
    String words() {
        return words;
    }
}
