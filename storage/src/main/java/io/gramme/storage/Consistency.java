package io.gramme.storage;

/** The consistency of a read: whether it must see every write that was acknowledged before it. */
public enum Consistency {
    EVENTUAL,
    STRONG
}
