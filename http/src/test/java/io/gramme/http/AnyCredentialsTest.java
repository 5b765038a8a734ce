package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.Caller;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnyCredentialsTest {
    private static final String PRESIGNED = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=123456789012%2F20260101%2Fap-south-1%2Fdynamodb%2Faws4_request"
            + "&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=0";

    private final HttpHeaders headers = new DefaultHttpHeaders();

    private Caller authenticate(String uri) {
        return new AnyCredentials()
                .authenticate(
                        new Request("ID", Peer.HERE, "POST", uri, new ReceivedHeaders(headers), Bytes.EMPTY),
                        "dynamodb");
    }

    private ApiException refusal(String uri) {
        return catchThrowableOfType(ApiException.class, () -> authenticate(uri));
    }

    private static String header(String credential) {
        return "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=host;x-amz-date, Signature=abc";
    }

    private Caller caller(String credential) {
        headers.set("Authorization", header(credential)).set("X-Amz-Date", "20260101T000000Z");
        return authenticate("/");
    }

    @Test
    void theRegionIsThatOfTheCredentialScope() {
        assertThat(caller("dummy/20260101/me-central-1/dynamodb/aws4_request"))
                .isEqualTo(Caller.root("000000000000", "me-central-1"));
    }

    @Test
    void parametersNeedNoSpacesBetweenThem() {
        headers.set(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=k/20260101/local/dynamodb/aws4_request,SignedHeaders=h,Signature=s")
                .set("Date", "now");
        assertThat(authenticate("/").region()).isEqualTo("local");
    }

    @Test
    void aKeyIdMayHoldSlashes() {
        assertThat(caller("a/b/20260101/us-east-1/dynamodb/aws4_request").region())
                .isEqualTo("us-east-1");
    }

    @Test
    void aPresignedRequestIsReadFromItsQuery() {
        assertThat(authenticate(PRESIGNED)).isEqualTo(Caller.root("123456789012", "ap-south-1"));
    }

    @Test
    void bothFormsAtOnceAreInvalid() {
        headers.set("Authorization", header("k/20260101/us-east-1/dynamodb/aws4_request"));
        ApiException refusal = refusal(PRESIGNED);
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_SIGNATURE);
        assertThat(refusal.text())
                .isEqualTo("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic dXNlcjpwYXNz", "Bearer AWS4-HMAC-SHA256", "AWS key:signature"})
    void anythingButSignatureVersionFourIsNone(String authorization) {
        headers.set("Authorization", authorization);
        ApiException refusal = refusal("/");
        assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_AUTHENTICATION_TOKEN);
        assertThat(refusal.text()).isEqualTo("Request is missing Authentication Token");
    }

    @Test
    void allThatAHeaderLacksIsListed() {
        headers.set("Authorization", "AWS4-HMAC-SHA256");
        ApiException refusal = refusal("/");
        assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPLETE_SIGNATURE);
        assertThat(refusal.text())
                .isEqualTo("Authorization header requires 'Credential' parameter."
                        + " Authorization header requires 'Signature' parameter."
                        + " Authorization header requires 'SignedHeaders' parameter."
                        + " Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                        + " (Hashed with SHA-256 and encoded with Base64) Authorization="
                        + SignatureClaim.hash("AWS4-HMAC-SHA256"));
    }

    @Test
    void onlyWhatAHeaderLacksIsListed() {
        headers.set("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Signature=")
                .set("Date", "now");
        assertThat(refusal("/").text())
                .isEqualTo("Authorization header requires 'Signature' parameter."
                        + " Authorization header requires 'SignedHeaders' parameter."
                        + " (Hashed with SHA-256 and encoded with Base64) Authorization="
                        + "jzCxk/wzOZojQJHwNPuLw8kAqlF5BXdvFeaGaGwGdsA=");
    }

    @Test
    void allThatAQueryLacksIsListed() {
        ApiException refusal = refusal("/?X-Amz-Algorithm=");
        assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPLETE_SIGNATURE);
        assertThat(refusal.text())
                .isEqualTo("AWS query-string parameters must include 'X-Amz-Algorithm'."
                        + " AWS query-string parameters must include 'X-Amz-Credential'."
                        + " AWS query-string parameters must include 'X-Amz-Signature'."
                        + " AWS query-string parameters must include 'X-Amz-SignedHeaders'."
                        + " AWS query-string parameters must include 'X-Amz-Date'."
                        + " Re-examine the query-string parameters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dummy", "dummy/20260101/us-east-1/dynamodb", "/20260101/us-east-1/dynamodb/aws4_request"})
    void aCredentialHasFiveElements(String credential) {
        headers.set("Authorization", header(credential)).set("X-Amz-Date", "20260101T000000Z");
        ApiException refusal = refusal("/");
        assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPLETE_SIGNATURE);
        assertThat(refusal.text())
                .contains("exactly 5 slash-delimited elements")
                .endsWith("got '" + credential + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "US-EAST-1", "us east", "-", "..", "a23456789012345678901234567890123"})
    void aRegionIsShortAndPlain(String region) {
        headers.set("Authorization", header("dummy/20260101/" + region + "/dynamodb/aws4_request"))
                .set("X-Amz-Date", "20260101T000000Z");
        ApiException refusal = refusal("/");
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_SIGNATURE);
        assertThat(refusal.text()).isEqualTo("Credential should be scoped to a valid region, not '" + region + "'. ");
    }

    @ParameterizedTest
    @CsvSource({
        // Twelve digits are the account.
        "123456789012, 123456789012",
        "000000000001, 000000000001",
        // The published example key of this scheme's description.
        "ASIAQNZGKIQY56JQ7WML, 029608264753",
        "AKIAIOSFODNN7EXAMPLE, 581039954779",
        // Neither.
        "dummy, 000000000000",
        "12345678901, 000000000000",
        "AKIAIOSFODNN7EXAMPL1, 000000000000",
        "AIDAIOSFODNN7EXAMPLE, 000000000000",
        // Decodes to more than twelve digits.
        "AKIA777777777777777A, 000000000000"
    })
    void anAccountIsReadFromTheKeyId(String keyId, String account) {
        assertThat(caller(keyId + "/20260101/us-east-1/dynamodb/aws4_request").account())
                .isEqualTo(account);
    }
}
