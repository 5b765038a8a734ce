package io.gramme.http;

import static java.util.Objects.requireNonNull;

import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.AccessKeys;
import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Source;
import io.gramme.http.tls.ClientCertificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * How an endpoint determines the callers of its requests. There is one for all services and operations of an endpoint,
 * so that no handler can forget it.
 *
 * @param keys that requests are signed with; not used if the mode is OFF
 * @param certificates the users of clients that show a certificate instead of signing
 * @param clock that the times of signatures are compared with
 * @param listener of each refusal; it is called on the thread of the request and must not throw
 */
public record Authentication(
        Mode mode,
        AccessKeys keys,
        Function<ClientCertificate, Optional<Principal>> certificates,
        Rules rules,
        InstantSource clock,
        Listener listener) {

    /** What becomes of a request whose signature is wrong. */
    public enum Mode {
        /** No signature is verified: the caller is the root of the account that the access key id names. */
        OFF,
        /** Signatures are verified and refusals reported, but the request is answered as if the mode were OFF. */
        WARN,
        /** The request is refused. */
        ENFORCE
    }

    /**
     * The rules of signatures that a server may choose.
     *
     * @param window how far the time of a signature may lie before and after now
     * @param signedTarget whether X-Amz-Target and x-gramme-as-of must be signed if they are there. If not, anyone between
     *     client and server can turn one operation into another
     */
    public record Rules(Duration window, boolean signedTarget) {
        public static final Rules DEFAULT = new Rules(Duration.ofMinutes(15), true);

        public Rules {
            if (!window.isPositive()) {
                throw new IllegalArgumentException("not a window: " + window);
            }
        }
    }

    /** Is told of each request whose credentials were refused, or would have been. */
    @FunctionalInterface
    public interface Listener {
        void refused(Refusal refusal);
    }

    /**
     * A request whose credentials are not valid. No part of it is verified: its texts are the client's.
     *
     * @param reason the first line of the error's text
     * @param keyId that the request names, at most 128 characters; empty for none
     * @param service the signing name of the service that was addressed
     * @param passed whether the request was answered nevertheless (WARN)
     */
    public record Refusal(ErrorCode type, String reason, String keyId, String service, Source source, boolean passed) {}

    public static final Authentication OFF = new Authentication(
            Mode.OFF,
            (_, _) -> new AccessKeys.Found.Unknown(),
            _ -> Optional.empty(),
            Rules.DEFAULT,
            InstantSource.system(),
            _ -> {});

    public Authentication {
        requireNonNull(keys);
    }

    Authenticator authenticator() {
        return switch (mode) {
            case OFF -> new AnyCredentials();
            case WARN -> new WarningAuthenticator(verifier(), new AnyCredentials(), listener);
            case ENFORCE -> new EnforcingAuthenticator(verifier(), listener);
        };
    }

    private Authenticator verifier() {
        return new CertificateAuthenticator(new SignatureVerifier(keys, rules, clock), certificates);
    }
}
