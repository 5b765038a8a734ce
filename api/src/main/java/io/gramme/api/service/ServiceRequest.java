package io.gramme.api.service;

import io.gramme.core.identity.Caller;

/**
 * A request for an operation of an {@link AwsService}.
 *
 * @param operation its name, which may be unknown
 * @param caller who asks, and which region
 * @param id of the request, as its response has it; empty for one in this JVM
 */
public record ServiceRequest(String operation, Input input, Caller caller, String id) {
    public ServiceRequest(String operation, Input input, Caller caller) {
        this(operation, input, caller, "");
    }
}
