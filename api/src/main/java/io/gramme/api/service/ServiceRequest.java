package io.gramme.api.service;

/**
 * A request for an operation of an {@link AwsService}.
 *
 * @param operation its name, which may be unknown
 * @param account twelve digits: the account of the caller
 * @param region that the caller addresses
 */
public record ServiceRequest(String operation, Input input, String account, String region) {}
