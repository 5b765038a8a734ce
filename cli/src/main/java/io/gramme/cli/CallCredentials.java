package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.signature.Signer;
import io.gramme.core.signature.SigningTime;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The credentials that a command calls a server with. The secret and the session token of the environment belong to its
 * access key id; any other key is signed with a secret of no meaning, which servers take that verify no signature.
 */
record CallCredentials(String keyId, String secret, Optional<String> sessionToken) {
    private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final Pattern ISSUED = Pattern.compile("A[KS]IA[A-Z2-7]{16}");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Those of this process for an access key id. */
    static CallCredentials of(String keyId) {
        return of(keyId, System.getenv());
    }

    static CallCredentials of(String keyId, Map<String, String> environment) {
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        if (secret.isEmpty() || !keyId.equals(environment.get(KEY_ID))) {
            return new CallCredentials(keyId, "none", Optional.empty());
        }
        Optional<String> token =
                Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).filter(given -> !given.isEmpty());
        return new CallCredentials(keyId, secret, token);
    }

    /** The access key id of the environment, if a server has issued it: it is then the caller, also where the command names an account. */
    static Optional<String> issued(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(KEY_ID))
                .filter(id -> ISSUED.matcher(id).matches());
    }

    /**
     * A signed POST request to the root path.
     *
     * @param headers to send, by lower-case names
     * @param service by its signing name
     */
    HttpRequest.Builder post(URI uri, Map<String, String> headers, String body, String region, String service) {
        Instant now = Instant.now();
        var sent = new TreeMap<>(headers);
        sent.put("x-amz-date", SigningTime.format(now));
        sessionToken.ifPresent(token -> sent.put("x-amz-security-token", token));
        var signed = new TreeMap<>(sent);
        signed.put("host", host(uri));
        byte[] content = body.getBytes(UTF_8);
        String authorization = new Signer(keyId, secret, region, service).authorizationOfPost(signed, content, now);
        var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(content));
        sent.forEach(request::header);
        return request.header("Authorization", authorization);
    }

    /** As the client of the JDK writes it. */
    private static String host(URI uri) {
        int usual = uri.getScheme().equals("https") ? HTTPS : HTTP;
        return uri.getPort() == usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return keyId;
    }
}
