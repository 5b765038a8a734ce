package io.gramme.http;

/**
 * The client's end of a connection.
 *
 * @param address without a port; empty for a caller in this JVM
 * @param secure whether the connection is encrypted
 */
record Peer(String address, boolean secure) {
    /** A caller in this JVM. */
    static final Peer HERE = new Peer("", true);
}
