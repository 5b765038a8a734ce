package io.gramme.embedded.junit;

/** How often tests get a new embedded Gramme, without tables. */
public enum Fresh {
    PER_CLASS,
    PER_METHOD
}
