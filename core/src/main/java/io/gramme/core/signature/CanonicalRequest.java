package io.gramme.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What of a request is signed, in the one form that signer and verifier agree on.
 *
 * @param text with one character for each byte
 */
public record CanonicalRequest(String text) {

    /**
     * The parts of a request, as they are on the wire.
     *
     * @param query without the question mark; empty for none
     * @param headers the values of a header by its name in lower case, in the order of arrival; empty if it is absent
     * @param bodyHash of the bytes of the body, compressed if they are
     */
    public record Parts(
            String method, String path, String query, Function<String, List<String>> headers, String bodyHash) {}

    /** @param unsigned the names of query parameters that the signature does not cover */
    public static CanonicalRequest of(Parts parts, SignedHeaders signed, Set<String> unsigned) {
        var text = new StringBuilder(512)
                .append(parts.method)
                .append('\n')
                .append(CanonicalPath.of(parts.path))
                .append('\n')
                .append(CanonicalQuery.of(parts.query, unsigned))
                .append('\n');
        signed.write(parts.headers, text);
        return new CanonicalRequest(text.append('\n')
                .append(signed.list())
                .append('\n')
                .append(parts.bodyHash)
                .toString());
    }

    /** The hash of a body, in lower-case hexadecimal digits. */
    public static String bodyHash(byte[] body) {
        return HexFormat.of().formatHex(Digests.sha256(body));
    }

    String hash() {
        return bodyHash(text.getBytes(ISO_8859_1));
    }
}
