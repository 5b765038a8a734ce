package io.gramme.http.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a client's certificate says about it. An authority that this server trusts has signed it, and the client has shown
 * that it has its key.
 *
 * @param commonName of the subject; empty if it has none
 * @param uris the alternative names that are URIs, such as the ARN of a user
 */
public record ClientCertificate(Optional<String> commonName, List<String> uris) {
    public ClientCertificate {
        uris = List.copyOf(uris);
    }

    public static ClientCertificate of(X509Certificate certificate) {
        return new ClientCertificate(CertificateNames.commonName(certificate), CertificateNames.uris(certificate));
    }
}
