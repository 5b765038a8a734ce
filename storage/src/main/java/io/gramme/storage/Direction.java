package io.gramme.storage;

/** The order of a scan: along the sort bytes, or against them. */
public enum Direction {
    FORWARD,
    BACKWARD
}
