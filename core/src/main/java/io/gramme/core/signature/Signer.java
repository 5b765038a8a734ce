package io.gramme.core.signature;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A signer of requests of one client to one service, with the signature in the Authorization header. */
public final class Signer {
    private final String keyId;
    private final String secret;
    private final String region;
    private final String service;

    /** @param service by its signing name: {@code kinesis} */
    public Signer(String keyId, String secret, String region, String service) {
        this.keyId = keyId;
        this.secret = secret;
        this.region = region;
        this.service = service;
    }

    /**
     * The value of Authorization for a POST request to the root path.
     *
     * @param headers all headers to sign, by lower-case names; X-Amz-Date is among them, and is {@code now} in the form
     *     of {@link SigningTime}
     */
    public String authorizationOfPost(Map<String, String> headers, byte[] body, Instant now) {
        var parts = new CanonicalRequest.Parts(
                "POST",
                "/",
                "",
                name -> headers.containsKey(name) ? List.of(WireText.of(headers.get(name))) : List.of(),
                CanonicalRequest.bodyHash(body));
        return authorization(parts, SignedHeaders.of(headers.keySet()), now);
    }

    /**
     * The value of Authorization for any request.
     *
     * @param parts whose header X-Amz-Date is {@code now}
     */
    public String authorization(CanonicalRequest.Parts parts, SignedHeaders signed, Instant now) {
        String time = SigningTime.format(now);
        var scope = new SigningScope(SigningTime.date(time), region, service);
        String toSign = scope.stringToSign(time, CanonicalRequest.of(parts, signed, Set.of()));
        return SigningScope.ALGORITHM + " Credential=" + keyId + "/" + scope.text() + ", SignedHeaders=" + signed.list()
                + ", Signature=" + SigningKey.derive(secret, scope).signature(toSign);
    }
}
