package io.gramme.embedded.junit;

/** How often tests are given a Gramme without tables. */
public enum Fresh {
    PER_CLASS,
    PER_METHOD
}
