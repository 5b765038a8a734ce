package io.gramme.api.wire;

/** An enumeration of the API model; its constants have their names on the wire. */
public interface WireEnum {
    String wire();
}
