package io.gramme.api.service;

import io.gramme.core.identity.Caller;

/**
 * A request for an operation of an {@link AwsService}.
 *
 * @param operation its name, which may be unknown
 * @param caller who asks, and which region
 */
public record ServiceRequest(String operation, Input input, Caller caller) {}
