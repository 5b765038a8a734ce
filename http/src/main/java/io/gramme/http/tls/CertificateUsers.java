package io.gramme.http.tls;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which user a client with a certificate is. */
@FunctionalInterface
public interface CertificateUsers {

    /** The ARN of a user, which need not exist; empty if the certificate names none. */
    Optional<String> userArn(ClientCertificate certificate);

    /** No certificate names a user: clients sign their requests. */
    CertificateUsers NONE = _ -> Optional.empty();

    /**
     * The one ARN of a user among the URIs of a certificate; without any, the user of an account whose name is the common
     * name. A certificate with the ARNs of several users names none.
     *
     * @param account of users that are named by the common name, twelve digits; empty if only ARNs name users
     */
    static CertificateUsers bySubject(Optional<String> account) {
        return certificate -> {
            List<String> arns = certificate.uris().stream()
                    .filter(uri -> USER.matcher(uri).matches())
                    .distinct()
                    .toList();
            if (arns.size() > 1) {
                return Optional.empty();
            }
            return arns.stream()
                    .findFirst()
                    .or(() -> account.flatMap(number -> certificate
                            .commonName()
                            .filter(name -> NAME.matcher(name).matches())
                            .map(name -> "arn:aws:iam::" + number + ":user/" + name)));
        };
    }

    Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
    Pattern USER = Pattern.compile("arn:aws:iam::\\d{12}:user/(?:[!-.0-~]{1,126}/){0,8}[A-Za-z0-9_+=,.@-]{1,64}");
}
