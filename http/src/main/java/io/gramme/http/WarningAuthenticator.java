package io.gramme.http;

import io.gramme.core.error.ApiException;
import io.gramme.core.identity.Caller;
import java.util.Set;

/**
 * The authenticator that reports each request whose signature is not verified, and believes what it says nevertheless. It
 * does not for the services that make keys and sessions, which would still be good when signatures are enforced, or use them.
 */
final class WarningAuthenticator implements Authenticator {
    private static final Set<String> OF_SECRETS = Set.of("iam", "kms", "sts");

    private final Authenticator verifier;
    private final Authenticator fallback;
    private final Authentication.Listener listener;

    WarningAuthenticator(Authenticator verifier, Authenticator fallback, Authentication.Listener listener) {
        this.verifier = verifier;
        this.fallback = fallback;
        this.listener = listener;
    }

    @Override
    public Caller authenticate(Request request, String service) {
        try {
            return verifier.authenticate(request, service);
        } catch (ApiException refusal) {
            if (OF_SECRETS.contains(service)) {
                listener.refused(Refusals.of(refusal, request, service, false));
                throw refusal;
            }
            return believed(request, service, refusal);
        }
    }

    private Caller believed(Request request, String service, ApiException refusal) {
        boolean passed = false;
        try {
            Caller caller = fallback.authenticate(request, service);
            passed = true;
            return caller;
        } finally {
            listener.refused(Refusals.of(refusal, request, service, passed));
        }
    }
}
