package io.gramme.storage;

/** With the order of the sort bytes, or against it. */
public enum Direction {
    FORWARD,
    BACKWARD
}
