package io.gramme.api.wire;

/** An enumeration of the API model; its constants bear the names they have on the wire. */
public interface WireEnum {
    String wire();
}
