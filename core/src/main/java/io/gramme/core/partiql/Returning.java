package io.gramme.core.partiql;

/** The item that a write returns: the old or the new one, all of it or the modified attributes. */
public enum Returning {
    ALL_OLD("ALL OLD"),
    ALL_NEW("ALL NEW"),
    MODIFIED_OLD("MODIFIED OLD"),
    MODIFIED_NEW("MODIFIED NEW");

    private final String words;

    Returning(String words) {
        this.words = words;
    }

    /** In the words of a statement. */
    String words() {
        return words;
    }
}
