package io.gramme.http;

/**
 * The account and region that a request is made for: they determine the tables that it sees.
 *
 * @param account twelve digits
 */
public record Caller(String account, String region) {}
