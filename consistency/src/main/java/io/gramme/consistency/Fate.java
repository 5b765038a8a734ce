package io.gramme.consistency;

/** The outcome of a request, as far as its client knows it. */
public enum Fate {
    DONE,
    /** The answer says that nothing was done. */
    REFUSED,
    /** There was no answer: it was done once, or is yet to be, or never will be. */
    UNKNOWN
}
