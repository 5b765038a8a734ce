package io.gramme.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.identity.Caller;
import io.gramme.core.signature.CanonicalQuery;
import io.gramme.core.signature.CanonicalRequest;
import io.gramme.core.signature.SignatureVector;
import io.gramme.core.signature.SignatureVector.Form;
import io.gramme.core.signature.SignatureVector.Header;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A verifier before the requests of AWS's test suite, as they are and with one bit changed. */
class SignatureVectorsTest {
    /** Decides which bit of a character is changed. */
    private final Random random = new Random(17);

    /** Those of S3 are refused, unless their path is the same by the rule of other services. */
    static Stream<SignatureVector> vectors() {
        return SignatureVector.all().filter(SignatureVector::normalized);
    }

    static Stream<SignatureVector> ofS3() {
        return SignatureVector.all().filter(vector -> !vector.normalized());
    }

    private static SignatureVerifier verifier(SignatureVector vector) {
        var keys = new FixedKeys();
        vector.token().ifPresent(token -> keys.withToken(SignatureVector.KEY_ID, token));
        return new SignatureVerifier(keys, Authentication.Rules.DEFAULT, InstantSource.fixed(vector.time()));
    }

    /** One that has derived the key of the vector. */
    private static SignatureVerifier warm(SignatureVector vector) {
        SignatureVerifier verifier = verifier(vector);
        verifier.authenticate(request(vector), SignatureVector.SERVICE);
        return verifier;
    }

    /** Every character of a short text, and some of a long one. */
    private static int step(int length) {
        return 1 + length / 20;
    }

    private static Request request(SignatureVector vector) {
        return request(vector.method(), vector.uri(), vector.headers(), vector.bodyBytes());
    }

    private static Request request(String method, String uri, List<Header> headers, byte[] body) {
        Headers values = name -> headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
        return new Request("ID", Peer.HERE, method, uri, values, Bytes.wrap(body));
    }

    private static Caller verify(SignatureVector vector) {
        return verifier(vector).authenticate(request(vector), SignatureVector.SERVICE);
    }

    private static void requireRefused(SignatureVerifier verifier, Request changed, String what) {
        assertThat(catchThrowable(() -> verifier.authenticate(changed, SignatureVector.SERVICE)))
                .as(what)
                .isInstanceOf(ApiException.class);
    }

    private static String canonical(SignatureVector vector, Request request) {
        var parts = new CanonicalRequest.Parts(
                request.method(), request.path(), request.query(), request.headers()::all, "");
        return CanonicalRequest.of(parts, vector.signedHeaders(), Set.of(CanonicalQuery.SIGNATURE))
                .text();
    }

    private String flipped(String text, int at) {
        char changed = (char) (text.charAt(at) ^ (1 << random.nextInt(8)));
        return text.substring(0, at) + changed + text.substring(at + 1);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aRequestIsAccepted(SignatureVector vector) {
        assertThat(verify(vector).principal()).isEqualTo(FixedKeys.ROOT);
    }

    @ParameterizedTest
    @MethodSource("ofS3")
    void aPathOfS3IsAcceptedIfItIsNormal(SignatureVector vector) {
        boolean normal = canonical(vector, request(vector))
                .lines()
                .toList()
                .get(1)
                .equals(vector.canonicalRequest().lines().toList().get(1));
        Throwable refusal = catchThrowable(() -> verify(vector));
        assertThat(refusal == null).isEqualTo(normal);
    }

    /** A change that is not seen in the canonical request, such as in the case of an escape, changes nothing. */
    private void requireEachFlipRefused(SignatureVector vector, String text, Function<String, Request> changed) {
        SignatureVerifier verifier = warm(vector);
        String canonical = canonical(vector, request(vector));
        for (int i = 0; i < text.length(); i += step(text.length())) {
            String other = flipped(text, i);
            Request request = changed.apply(other);
            if (!canonical(vector, request).equals(canonical)) {
                requireRefused(verifier, request, other);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherMethodOrPathIsRefused(SignatureVector vector) {
        requireEachFlipRefused(
                vector, vector.method(), method -> request(method, vector.uri(), vector.headers(), vector.bodyBytes()));
        String query = vector.uri().substring(vector.path().length());
        requireEachFlipRefused(
                vector,
                vector.path(),
                path -> request(vector.method(), path + query, vector.headers(), vector.bodyBytes()));
        requireRefused(
                verifier(vector),
                request(vector.method(), "/other" + query, vector.headers(), vector.bodyBytes()),
                "path");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherQueryIsRefused(SignatureVector vector) {
        requireEachFlipRefused(
                vector,
                vector.query(),
                query -> request(vector.method(), vector.path() + "?" + query, vector.headers(), vector.bodyBytes()));
        String longer = vector.uri() + (vector.query().isEmpty() ? "?" : "&") + "a=1";
        requireRefused(
                verifier(vector),
                request(vector.method(), longer, vector.headers(), vector.bodyBytes()),
                "a parameter more");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherSignedHeaderIsRefused(SignatureVector vector) {
        for (int i = 0; i < vector.headers().size(); i++) {
            int place = i;
            Header header = vector.headers().get(i);
            if (vector.signedHeaders().contains(header.name().toLowerCase(Locale.ROOT))) {
                requireEachFlipRefused(vector, header.value(), value -> {
                    var headers = new ArrayList<>(vector.headers());
                    headers.set(place, new Header(header.name(), value));
                    return request(vector.method(), vector.uri(), headers, vector.bodyBytes());
                });
                var without = new ArrayList<>(vector.headers());
                without.remove(place);
                requireRefused(
                        verifier(vector),
                        request(vector.method(), vector.uri(), without, vector.bodyBytes()),
                        "without " + header.name());
                var twice = new ArrayList<>(vector.headers());
                twice.add(header);
                requireRefused(
                        verifier(vector),
                        request(vector.method(), vector.uri(), twice, vector.bodyBytes()),
                        header.name() + " twice");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherBodyIsRefused(SignatureVector vector) {
        SignatureVerifier verifier = warm(vector);
        for (int i = 0; i < vector.body().length(); i++) {
            String other = flipped(vector.body(), i);
            requireRefused(
                    verifier,
                    request(vector.method(), vector.uri(), vector.headers(), other.getBytes(ISO_8859_1)),
                    other);
        }
        requireRefused(
                verifier,
                request(vector.method(), vector.uri(), vector.headers(), (vector.body() + "x").getBytes(ISO_8859_1)),
                "a longer body");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherScopeOrSignatureIsRefused(SignatureVector vector) {
        String whole = vector.form() == Form.QUERY
                ? vector.uri()
                : vector.values("Authorization").getFirst();
        requireFlipsRefused(vector, whole, "Credential=", vector.form() == Form.QUERY ? "&" : ",");
        requireFlipsRefused(vector, whole, "Signature=", vector.form() == Form.QUERY ? "&" : ",");
    }

    private void requireFlipsRefused(SignatureVector vector, String whole, String name, String end) {
        SignatureVerifier verifier = warm(vector);
        int begin = whole.indexOf(name) + name.length();
        int length = (whole + end).indexOf(end, begin);
        for (int i = begin; i < length; i += step(length - begin)) {
            // An escape in lower case is the same escape.
            if (whole.charAt(i - 1) != '%' && !whole.startsWith("%", Math.max(0, i - 2))) {
                String changed = flipped(whole, i);
                requireRefused(verifier, changed(vector, changed), changed);
            }
        }
    }

    private static Request changed(SignatureVector vector, String whole) {
        if (vector.form() == Form.QUERY) {
            return request(vector.method(), whole, vector.headers(), vector.bodyBytes());
        }
        List<Header> headers = vector.headers().stream()
                .map(header -> header.name().equals("Authorization") ? new Header("Authorization", whole) : header)
                .toList();
        return request(vector.method(), vector.uri(), headers, vector.bodyBytes());
    }
}
