package io.gramme.http;

import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.http.tls.ClientCertificate;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The authenticator that lets a client without a signature be the user that its certificate names. One that signs is the
 * owner of its key, with a certificate or without.
 */
final class CertificateAuthenticator implements Authenticator {
    /** Where a host names no region: the one that clients assume. */
    private static final String USUAL_REGION = "us-east-1";

    private static final Pattern REGIONAL = Pattern.compile("[a-z-]+\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\..*");

    private final Authenticator signatures;
    private final Function<ClientCertificate, Optional<Principal>> users;

    CertificateAuthenticator(Authenticator signatures, Function<ClientCertificate, Optional<Principal>> users) {
        this.signatures = signatures;
        this.users = users;
    }

    @Override
    public Caller authenticate(Request request, String service) {
        if (request.peer().certificate().isPresent() && request.isUnsigned()) {
            Optional<Principal> user = users.apply(request.peer().certificate().get());
            if (user.isPresent()) {
                return new Caller(user.get(), region(request), request.source());
            }
        }
        return signatures.authenticate(request, service);
    }

    /** Only a signature names a region; without one, the host does: {@code dynamodb.eu-west-1.example.org}. */
    private static String region(Request request) {
        Matcher host = REGIONAL.matcher(request.header("Host"));
        return host.matches() ? host.group(1) : USUAL_REGION;
    }
}
