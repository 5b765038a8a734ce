package io.gramme.security.policy;

/**
 * A policy and its name.
 *
 * @param name as refusals and simulations print it: the ARN of a managed policy, the name of an inline one
 */
public record NamedPolicy(String name, Policy policy) {}
