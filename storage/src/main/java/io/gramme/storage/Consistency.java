package io.gramme.storage;

/** Whether a read must see every write that was acknowledged before it. */
public enum Consistency {
    EVENTUAL,
    STRONG
}
