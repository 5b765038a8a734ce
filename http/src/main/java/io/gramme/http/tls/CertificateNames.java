package io.gramme.http.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names in a certificate. */
final class CertificateNames {
    private static final int DNS_NAME = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;

    private CertificateNames() {}

    /** The hosts and addresses that a server may be addressed by, in the form of {@link #normal}. */
    static List<String> ofServer(X509Certificate certificate) {
        return normal(alternatives(certificate, DNS_NAME, ADDRESS));
    }

    static List<String> uris(X509Certificate certificate) {
        return alternatives(certificate, URI);
    }

    /** The last common name of the subject: the most specific one; empty if it has none. */
    static Optional<String> commonName(X509Certificate certificate) {
        try {
            var parts = new LdapName(certificate.getSubjectX500Principal().getName());
            return parts.getRdns().reversed().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                    .map(Rdn::getValue)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .findFirst();
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }

    private static List<String> alternatives(X509Certificate certificate, int... kinds) {
        var names = new ArrayList<String>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) {
                return names;
            }
            for (List<?> one : all) {
                for (int kind : kinds) {
                    if (one.get(0).equals(kind) && one.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException _) {
            // A certificate whose names cannot be read has none.
        }
        return names;
    }

    /** In small letters, and addresses as the JDK writes them. */
    static List<String> normal(List<String> names) {
        return names.stream().map(CertificateNames::normal).toList();
    }

    private static String normal(String name) {
        if (name.indexOf(':') < 0) {
            return name.toLowerCase(Locale.ROOT);
        }
        try {
            return InetAddress.getByName(name).getHostAddress();
        } catch (UnknownHostException _) {
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
