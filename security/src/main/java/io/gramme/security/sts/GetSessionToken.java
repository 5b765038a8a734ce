package io.gramme.security.sts;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.SessionToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes a session of the user, or of the root of an account, who asks: it has the same rights, but those on identities. */
final class GetSessionToken {
    private static final int LEAST_SECONDS = 900;
    private static final int MOST_SECONDS = 129_600;
    private static final int DEFAULT_SECONDS = 43_200;
    private static final int ROOT_SECONDS = 3_600;

    private final Identities identities;
    private final Credentials credentials;

    GetSessionToken(Identities identities, Credentials credentials) {
        this.identities = identities;
        this.credentials = credentials;
    }

    Document.Structure answer(Caller caller, Input input) {
        Principal principal = caller.principal();
        if (principal.session().isPresent()
                || principal.kind() == Principal.Kind.ROLE
                || principal.kind() == Principal.Kind.SERVER) {
            throw StsErrors.accessDenied("Cannot call GetSessionToken with session credentials");
        }
        boolean isRoot = principal.kind() == Principal.Kind.ROOT;
        long seconds = AssumeRoleInput.seconds(input, LEAST_SECONDS, MOST_SECONDS)
                .orElse(isRoot ? ROOT_SECONDS : DEFAULT_SECONDS);
        Instant now = identities.now();
        var token = new SessionToken(
                Label.Kind.USER,
                principal.account(),
                isRoot ? "" : Identities.nameOf(principal),
                principal.id(),
                "",
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                "",
                now,
                now.plusSeconds(isRoot ? Math.min(seconds, ROOT_SECONDS) : seconds));
        return new Output()
                .put("Credentials", Credentials.shape(credentials.of(token)))
                .done();
    }
}
