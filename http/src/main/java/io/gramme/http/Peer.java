package io.gramme.http;

import io.gramme.http.tls.ClientCertificate;
import java.util.Optional;

/**
 * The client's end of a connection.
 *
 * @param address without a port; empty for a caller in this JVM
 * @param secure whether the connection is encrypted
 * @param certificate that the client has shown, if the server asks for one
 */
record Peer(String address, boolean secure, Optional<ClientCertificate> certificate) {
    /** A caller in this JVM. */
    static final Peer HERE = new Peer("", true);

    Peer(String address, boolean secure) {
        this(address, secure, Optional.empty());
    }
}
