package io.gramme.core.identity;

/**
 * Where a request comes from.
 *
 * @param address of the client's end of the connection, never what a header says; empty for a request of this JVM
 * @param secure whether the connection is encrypted
 * @param userAgent as the client says it; empty if it does not
 * @param referer as the client says it; empty if it does not
 */
public record Source(String address, boolean secure, String userAgent, String referer) {
    /** For requests of this JVM. */
    public static final Source HERE = new Source("", true, "", "");
}
