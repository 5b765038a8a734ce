package io.gramme.differential.compare;

/**
 * The signature of a difference: differences with equal signatures are counted as one kind.
 *
 * @param gramme the outcome on Gramme: {@code ok}, or the error and its message with the variable parts blanked, and
 *     the members that differ
 * @param peer the outcome on the peer, in the same form
 */
public record Signature(String operation, String gramme, String peer) {}
