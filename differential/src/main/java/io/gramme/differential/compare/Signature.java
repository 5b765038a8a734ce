package io.gramme.differential.compare;

/**
 * What differences of one kind have in common.
 *
 * @param gramme the outcome there: {@code ok} or the error and its words with the variable parts blanked, and which
 *     members differ
 * @param peer the same of the peer
 */
public record Signature(String operation, String gramme, String peer) {}
