package io.gramme.http;

import io.gramme.core.error.ApiException;
import io.gramme.core.identity.Caller;

/** The authenticator that refuses each request whose signature is not verified, and reports it. */
final class EnforcingAuthenticator implements Authenticator {
    private final Authenticator verifier;
    private final Authentication.Listener listener;

    EnforcingAuthenticator(Authenticator verifier, Authentication.Listener listener) {
        this.verifier = verifier;
        this.listener = listener;
    }

    @Override
    public Caller authenticate(Request request, String service) {
        try {
            return verifier.authenticate(request, service);
        } catch (ApiException refusal) {
            listener.refused(Refusals.of(refusal, request, service, false));
            throw refusal;
        }
    }
}
