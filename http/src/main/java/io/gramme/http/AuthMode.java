package io.gramme.http;

/** What a server does about the signatures of requests. */
public enum AuthMode {
    /** They are not verified: any client that reaches the server may do everything. */
    OFF,
    /** They are verified, and those that are wrong are logged; the requests are served. */
    WARN,
    /** A request without a valid signature is refused. */
    ENFORCE
}
