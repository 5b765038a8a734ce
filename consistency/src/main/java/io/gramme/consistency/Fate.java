package io.gramme.consistency;

/** What the client of a request knows of it. */
public enum Fate {
    DONE,
    /** It was answered that nothing was done. */
    REFUSED,
    /** There was no answer: it was done once, or is yet to be, or never will be. */
    UNKNOWN
}
