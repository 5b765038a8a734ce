package io.gramme.http;

import io.gramme.core.error.SignatureErrors;
import io.gramme.core.identity.AccessKeys;
import io.gramme.core.identity.AccessKeys.Found;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.signature.CanonicalQuery;
import io.gramme.core.signature.CanonicalRequest;
import io.gramme.core.signature.SigningKey;
import io.gramme.core.signature.SigningScope;
import io.gramme.core.signature.SigningTime;
import io.gramme.core.signature.WireText;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The authenticator that verifies signatures, in the service's order of checks. What is wrong with a session is told
 * only to a client that has the secret of its key; nothing of a body is hashed for a key that does not exist.
 */
final class SignatureVerifier implements Authenticator {
    private static final String HOST = "Host";
    /** They decide what a request does, as its body does. */
    private static final List<String> DECISIVE = List.of("X-Amz-Target", "x-gramme-as-of");

    private static final Set<String> NOT_ITSELF = Set.of(CanonicalQuery.SIGNATURE);
    private static final Set<String> NOR_ITS_TOKEN = Set.of(CanonicalQuery.SIGNATURE, SignatureClaim.SECURITY_TOKEN);

    private final AccessKeys keys;
    private final Authentication.Rules rules;
    private final InstantSource clock;
    private final SigningKeys signingKeys = new SigningKeys();

    SignatureVerifier(AccessKeys keys, Authentication.Rules rules, InstantSource clock) {
        this.keys = keys;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Caller authenticate(Request request, String service) {
        SignatureClaim claim = SignatureClaim.of(request);
        ClaimedTime time = ClaimedTime.of(claim);
        time.requireCurrent(clock.instant(), rules.window());
        requireSigned(request, claim);
        if (!claim.algorithm().equals(SigningScope.ALGORITHM)) {
            throw SignatureErrors.unsupportedAlgorithm(WireText.shown(claim.algorithm()));
        }
        CredentialScope scope = CredentialScope.exact(claim.credential());
        requireScope(scope, service, time.text());
        var presented = new Presented(request, claim, scope, time.text());
        return switch (keys.find(scope.keyId(), claim.token())) {
            case Found.Unknown() -> throw SignatureErrors.unknownKey();
            case Found.Key(String secret, Principal principal) -> {
                requireSignature(presented, secret);
                keys.used(scope.keyId(), service, scope.region());
                yield new Caller(principal, scope.region(), request.source());
            }
            case Found.WrongToken(String secret) -> {
                requireSignature(presented, secret);
                throw SignatureErrors.wrongToken();
            }
            case Found.Expired(String secret) -> {
                requireSignature(presented, secret);
                throw SignatureErrors.expiredToken();
            }
        };
    }

    private void requireSigned(Request request, SignatureClaim claim) {
        if (!claim.signed().contains("host")) {
            throw SignatureErrors.notSigned(HOST);
        }
        if (request.headers().all(HOST).size() > 1) {
            throw SignatureErrors.severalHeaders(HOST);
        }
        if (rules.signedTarget()) {
            DECISIVE.stream()
                    .filter(name -> request.has(name) && !claim.signed().contains(name.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .ifPresent(name -> {
                        throw SignatureErrors.notSigned(name);
                    });
        }
    }

    private static void requireScope(CredentialScope scope, String service, String time) {
        var faults = new SignatureErrors.ScopeFaults();
        if (!scope.isOfValidRegion()) {
            faults.region(WireText.shown(scope.region()));
        }
        if (!scope.service().equals(service)) {
            faults.service(service);
        }
        if (!scope.terminator().equals(SigningScope.TERMINATOR)) {
            faults.terminator(WireText.shown(scope.terminator()));
        }
        String date = SigningTime.date(time);
        if (!scope.date().equals(date)) {
            faults.date(WireText.shown(scope.date()), date, time);
        }
        if (!faults.isEmpty()) {
            throw faults.error();
        }
    }

    /** A request with what it says of its signature, all of which is well-formed. */
    private record Presented(Request request, SignatureClaim claim, CredentialScope scope, String time) {
        CanonicalRequest canonical(String bodyHash, Set<String> unsigned) {
            var parts = new CanonicalRequest.Parts(
                    request.method(), request.path(), request.query(), request.headers()::all, bodyHash);
            return CanonicalRequest.of(parts, claim.signed(), unsigned);
        }
    }

    private void requireSignature(Presented presented, String secret) {
        CredentialScope scope = presented.scope;
        var signingScope = new SigningScope(scope.date(), scope.region(), scope.service());
        SigningKey key = signingKeys.of(scope.keyId(), secret, signingScope);
        String bodyHash = CanonicalRequest.bodyHash(presented.request.body().shared());
        boolean inQuery = presented.claim.form() == SignatureClaim.Form.QUERY;
        CanonicalRequest canonical = presented.canonical(bodyHash, inQuery ? NOT_ITSELF : Set.of());
        String toSign = signingScope.stringToSign(presented.time, canonical);
        String signature = presented.claim.signature();
        boolean right = key.verifies(toSign, signature)
                // A client may add the token of its session after it has signed.
                || (inQuery
                        && presented.claim.token().isPresent()
                        && key.verifies(
                                signingScope.stringToSign(presented.time, presented.canonical(bodyHash, NOR_ITS_TOKEN)),
                                signature));
        if (!right) {
            throw SignatureErrors.wrongSignature(WireText.shown(canonical.text()), WireText.shown(toSign));
        }
        signingKeys.keep(scope.keyId(), secret, signingScope, key);
    }
}
