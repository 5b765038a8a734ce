package io.gramme.api.wire;

/**
 * A parsed request, all of whose members satisfy the API model, and the value faults of its attribute values, if it has
 * any.
 */
public record Parsed<I>(I request, ValueFaults faults) {}
