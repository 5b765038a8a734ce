package io.gramme.core.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.signature.SignatureVector.Form;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of AWS's test suite. What a verifier makes of its requests is tested in the module http. */
class SignatureVectorsTest {

    static Stream<SignatureVector> normalized() {
        return SignatureVector.all().filter(SignatureVector::normalized);
    }

    static Stream<SignatureVector> all() {
        return SignatureVector.all();
    }

    static Stream<SignatureVector> inHeaders() {
        return normalized().filter(vector -> vector.form() == Form.HEADER);
    }

    private static SigningScope scope(SignatureVector vector) {
        return new SigningScope(time(vector).substring(0, 8), SignatureVector.REGION, SignatureVector.SERVICE);
    }

    private static String time(SignatureVector vector) {
        return SigningTime.format(vector.time());
    }

    private static CanonicalRequest.Parts parts(SignatureVector vector) {
        return new CanonicalRequest.Parts(
                vector.method(),
                vector.path(),
                vector.query(),
                vector::values,
                CanonicalRequest.bodyHash(vector.bodyBytes()));
    }

    @Test
    void thereAreThirtyEightRequestsInTwoForms() {
        assertThat(SignatureVector.all()).hasSize(76);
    }

    @ParameterizedTest
    @MethodSource("normalized")
    void theCanonicalRequestIsAsAwsWritesIt(SignatureVector vector) {
        Set<String> unsigned = vector.unsignedToken()
                ? Set.of(CanonicalQuery.SIGNATURE, "X-Amz-Security-Token")
                : Set.of(CanonicalQuery.SIGNATURE);
        assertThat(CanonicalRequest.of(parts(vector), vector.signedHeaders(), unsigned)
                        .text())
                .isEqualTo(vector.canonicalRequest());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theStringToSignIsAsAwsWritesIt(SignatureVector vector) {
        var canonical = new CanonicalRequest(vector.canonicalRequest());
        assertThat(scope(vector).stringToSign(time(vector), canonical)).isEqualTo(vector.stringToSign());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSignatureIsAsAwsWritesIt(SignatureVector vector) {
        SigningKey key = SigningKey.derive(vector.secret(), scope(vector));
        assertThat(key.signature(vector.stringToSign())).isEqualTo(vector.signature());
        assertThat(key.verifies(vector.stringToSign(), vector.signature())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("inHeaders")
    void aSignerWritesTheHeaderOfAws(SignatureVector vector) {
        var signer =
                new Signer(SignatureVector.KEY_ID, vector.secret(), SignatureVector.REGION, SignatureVector.SERVICE);
        assertThat(List.of(signer.authorization(parts(vector), vector.signedHeaders(), vector.time())))
                .isEqualTo(vector.values("Authorization"));
    }
}
