package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials over sockets: each row of the service's order of checks, for DynamoDB and for a service beside it. */
class AuthenticationTest extends VerifyingServer {
    // What is accepted

    @Test
    void aSignedRequestHasTheCallerOfItsKey() throws IOException {
        requireAccepted(post().text());
    }

    @Test
    void aPresignedRequestHasTheCallerOfItsKey() throws IOException {
        requireAccepted(post().presigned("&X-Amz-Expires=60", ""));
    }

    @Test
    void headersThatAreNotSignedMayBeAnything() throws IOException {
        SignedPost post = post();
        requireAccepted(
                post.unsignedText("Authorization: " + post.authorization() + "\r\nX-Forwarded-For: 1.2.3.4\r\n"));
    }

    @Test
    void severalValuesOfAHeaderAreSignedInTheOrderOfArrival() throws IOException {
        requireAccepted(
                post().with("X-Amz-Meta", "b").with("X-Amz-Meta", "a  c ").text());
    }

    @Test
    void bytesThatAreNotAsciiAreSignedAsTheyAre() throws IOException {
        requireAccepted(post().with("User-Agent", "h\u00e9\u20ac")
                .body("{\"a\":\"h\u00e9\"}")
                .text());
    }

    @Test
    void aQueryStringIsSigned() throws IOException {
        requireAccepted(post().uri("/?b=2&a=%2f").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x-amz-security-token"})
    void theTokenOfASessionIsSignedOrNot(String unsigned) throws IOException {
        requireAccepted(post().key(FixedKeys.SESSION_ID, FixedKeys.SECRET)
                .with("X-Amz-Security-Token", FixedKeys.TOKEN)
                .unsigned(unsigned)
                .text());
    }

    @Test
    void theTokenOfAPresignedRequestIsSignedOrAdded() throws IOException {
        String token = "&X-Amz-Security-Token=token%2B%2F%3D%3D";
        requireAccepted(post().key(FixedKeys.SESSION_ID, FixedKeys.SECRET).presigned(token, ""));
        requireAccepted(post().key(FixedKeys.SESSION_ID, FixedKeys.SECRET).presigned("", token));
    }

    @Test
    void theDateHeaderMayTakeThePlaceOfTheOther() throws IOException {
        String time = "20260102T030405Z";
        requireAccepted(post().without("X-Amz-Date").with("Date", time).text());
        requireAccepted(post().without("X-Amz-Date")
                .with("Date", "Fri, 02 Jan 2026 03:04:05 GMT")
                .text());
    }

    @ParameterizedTest
    @ValueSource(longs = {-15 * 60, 15 * 60})
    void theWindowIncludesItsEnds(long seconds) throws IOException {
        requireAccepted(post().time(NOW.plusSeconds(seconds)).text());
    }

    @Test
    void aPresignedRequestLivesForAsLongAsItSays() throws IOException {
        requireAccepted(post().time(NOW.minus(Duration.ofDays(7))).presigned("&X-Amz-Expires=604800", ""));
    }

    @Test
    void streamsAndOurOperationsAreSignedForDynamoDb() throws IOException {
        for (String target : List.of("DynamoDBStreams_20120810.ListStreams", "Gramme_20261101.ListTriggers")) {
            requireAccepted(
                    post().without("X-Amz-Target").with("X-Amz-Target", target).text());
        }
    }

    @Test
    void autoScalingHasItsOwnName() throws IOException {
        UnaryOperator<SignedPost> scaling = post -> post.without("X-Amz-Target")
                .without("Content-Type")
                .with("X-Amz-Target", "AnyScaleFrontendService.DescribeScalableTargets")
                .with("Content-Type", "application/x-amz-json-1.1");
        requireAccepted(scaling.apply(post()).service("application-autoscaling").text());
        RawClient.Reply reply = ask(scaling.apply(post()).text());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .isEqualTo("{\"__type\":\"InvalidSignatureException\",\"Message\":\"Credential should be scoped to"
                        + " correct service: 'application-autoscaling'. \"}");
    }

    // Row 1 and 2

    @Test
    void bothFormsAreRefused() throws IOException {
        requireRefused(
                post().uri("/?X-Amz-Algorithm=x").text(),
                INVALID,
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Authorization: Basic abc\r\n", "Authorization: \r\n", "X-Amz-Security-Token: x\r\n"})
    void noneIsRefused(String header) throws IOException {
        requireRefused(
                post().unsignedText(header),
                "MissingAuthenticationTokenException",
                "Request is missing Authentication Token");
    }

    @Test
    void twoAuthorizationsAreRefused() throws IOException {
        SignedPost post = post();
        String header = "Authorization: " + post.authorization() + "\r\n";
        requireRefused(
                post.unsignedText(header + header),
                INCOMPLETE,
                "The request has more than one 'Authorization' header. Send one.");
    }

    @Test
    void aLongAuthorizationIsRefused() throws IOException {
        SignedPost post = post();
        requireRefused(
                post.text(post.authorization() + ", X=" + "x".repeat(8 << 10)),
                INCOMPLETE,
                "The value of the Authorization header is longer than 8192 characters.");
    }

    // Row 3 to 5

    @Test
    void aParameterWithoutAnEqualSignIsRefused() throws IOException {
        requireRefused(
                post().text("AWS4-HMAC-SHA256 Credential=a, oops, Signature=b"),
                INCOMPLETE,
                "'oops' not a valid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256"
                        + " and encoded with Base64): '"
                        + SignatureClaim.hash("AWS4-HMAC-SHA256 Credential=a, oops, Signature=b") + "'.");
    }

    @Test
    void aPresignedRequestHasAllOfItsParameters() throws IOException {
        requireRefused(
                post().uri("/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x").unsignedText(""),
                INCOMPLETE,
                "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include"
                        + " 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'."
                        + " Re-examine the query-string parameters.");
    }

    @Test
    void aHeaderHasAllOfItsParameters() throws IOException {
        requireRefused(
                post().without("X-Amz-Date").text("AWS4-HMAC-SHA256 Signature=1"),
                INCOMPLETE,
                "Authorization header requires 'Credential' parameter. Authorization header requires 'SignedHeaders'"
                        + " parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                        + " header. (Hashed with SHA-256 and encoded with Base64) Authorization="
                        + "K/oVyJ3oe6yzz6iEDN1zbbktF+IO1zPVIRFCtV0tGVc=");
    }

    // Row 6

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-02T03:04:05Z", "20260102T030465Z"})
    void aDateHasOneForm(String date) throws IOException {
        requireRefused(
                post().time(date).text(),
                INCOMPLETE,
                "Date must be in ISO-8601 'basic format'. Got '" + date
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    @Test
    void anOldSignatureHasExpired() throws IOException {
        requireRefused(
                post().time(NOW.minusSeconds(901)).text(),
                INVALID,
                "Signature expired: 20260102T024904Z is now earlier than 20260102T024905Z (20260102T030405Z - 15 min.)");
    }

    @Test
    void aSignatureOfTheFutureIsNotYetCurrent() throws IOException {
        requireRefused(
                post().time(NOW.plusSeconds(901)).text(),
                INVALID,
                "Signature not yet current: 20260102T031906Z is still later than 20260102T031905Z (20260102T030405Z +"
                        + " 15 min.)");
    }

    @Test
    void aPresignedRequestExpires() throws IOException {
        requireRefused(
                post().time(NOW.minusSeconds(91)).presigned("&X-Amz-Expires=90", ""),
                INVALID,
                "Signature expired: 20260102T030234Z is now earlier than 20260102T030235Z (20260102T030405Z - 90 sec.)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "604801", "-1", "", "1.5", "9999999999", "%D9%A1"})
    void aLifetimeIsFromOneSecondToSevenDays(String expires) throws IOException {
        assertThat(requireRefused(post().presigned("&X-Amz-Expires=" + expires, ""), INCOMPLETE))
                .startsWith("X-Amz-Expires must be a number of seconds from 1 to 604800, got '");
    }

    @ParameterizedTest
    @CsvSource({"host, Host", "x-amz-target, X-Amz-Target"})
    void hostAndTargetAreSigned(String unsigned, String name) throws IOException {
        requireRefused(
                post().unsigned(unsigned).text(),
                INVALID,
                "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void theMomentOfAReadIsSigned() throws IOException {
        requireRefused(
                post().with("X-Gramme-As-Of", "1").unsigned("x-gramme-as-of").text(),
                INVALID,
                "'x-gramme-as-of' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void hostAndTargetOfAPresignedRequestAreSigned() throws IOException {
        requireRefused(
                post().unsigned("x-amz-target").presigned("", ""),
                INVALID,
                "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void aRequestToTwoHostsIsRefusedBeforeItIsVerified() throws IOException {
        assertThat(ask(post().with("Host", "other").text()).status()).isEqualTo(400);
        assertThat(REFUSALS).isEmpty();
    }

    @Test
    void thereIsOneAlgorithm() throws IOException {
        requireRefused(
                post().algorithm("AWS4-ECDSA-P256-SHA256").text(),
                INCOMPLETE,
                "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b/20260102/eu-west-1/dynamodb/aws4_request", "a/20260102/eu-west-1/dynamodb//"})
    void aCredentialHasFiveElements(String credential) throws IOException {
        requireRefused(
                post().credential(credential).text(),
                INCOMPLETE,
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '"
                        + credential + "'");
    }

    @Test
    void slashesAtTheEndOfACredentialAreIgnored() throws IOException {
        requireAccepted(post().credential(FixedKeys.ID + "/20260102/eu-west-1/dynamodb/aws4_request//")
                .text());
    }

    // Row 7

    @Test
    void allThatIsWrongWithAScopeIsListed() throws IOException {
        requireRefused(
                post().credential("a/20260101/EU/s3/aws5").text(),
                INVALID,
                "Credential should be scoped to a valid region, not 'EU'. Credential should be scoped to correct"
                        + " service: 'dynamodb'. Credential should be scoped with a valid terminator: 'aws4_request',"
                        + " not 'aws5'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date"
                        + " from HTTP: '20260101' != '20260102', from '20260102T030405Z'.");
    }

    // Row 8 to 11

    @Test
    void anUnknownKeyIsRefused() throws IOException {
        requireRefused(
                post().key("AKIAOTHER", "x").text(),
                UNRECOGNIZED,
                "The security token included in the request is invalid.");
        assertThat(REFUSALS.getFirst().keyId()).isEqualTo("AKIAOTHER");
        assertThat(REFUSALS.getFirst().service()).isEqualTo("dynamodb");
    }

    @Test
    void aWrongSignatureIsRefusedWithWhatShouldHaveBeenSigned() throws IOException {
        String message = requireRefused(post().key(FixedKeys.ID, "wrong").text(), INVALID);
        assertThat(message)
                .isEqualTo("The request signature we calculated does not match the signature you provided. Check your"
                        + " AWS Secret Access Key and signing method. Consult the service documentation for"
                        + " details.\n\nThe Canonical String for this request should have been\n'POST\n/\n\n"
                        + "content-type:application/x-amz-json-1.0\nhost:localhost\nx-amz-date:20260102T030405Z\n"
                        + "x-amz-target:DynamoDB_20120810.ListTables\n\ncontent-type;host;x-amz-date;x-amz-target\n"
                        + "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'\n\n"
                        + "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260102T030405Z\n"
                        + "20260102/eu-west-1/dynamodb/aws4_request\n"
                        + message.substring(message.length() - 66, message.length() - 2) + "'\n");
        assertThat(REFUSALS.getFirst().reason())
                .startsWith("The request signature")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"'\"a\":1', '\"a\":2'", "ListTables, DeleteTable", "Signature=, Signature=F", "Host: local, Host: LOCAL"
    })
    void aChangedRequestIsRefused(String text, String changed) throws IOException {
        String request = post().body("{\"a\":1}").text();
        assertThat(requireRefused(request.replace(text, changed), INVALID)).startsWith("The request signature we");
    }

    @Test
    void aTokenOfASessionIsNeededAndRight() throws IOException {
        String message = "The security token included in the request is invalid";
        requireRefused(post().key(FixedKeys.SESSION_ID, FixedKeys.SECRET).text(), UNRECOGNIZED, message);
        REFUSALS.clear();
        requireRefused(
                post().key(FixedKeys.SESSION_ID, FixedKeys.SECRET)
                        .with("X-Amz-Security-Token", "other")
                        .text(),
                UNRECOGNIZED,
                message);
        REFUSALS.clear();
        requireRefused(post().with("X-Amz-Security-Token", "any").text(), UNRECOGNIZED, message);
    }

    @Test
    void aSessionExpires() throws IOException {
        RawClient.Reply reply = ask(post().key(FixedKeys.ENDED_ID, FixedKeys.SECRET)
                .with("X-Amz-Security-Token", FixedKeys.TOKEN)
                .text());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#ExpiredTokenException\",\"message\":\"The security"
                        + " token included in the request is expired\"}");
    }

    @Test
    void whatIsWrongWithASessionIsToldToThoseWithItsSecret() throws IOException {
        assertThat(requireRefused(
                        post().key(FixedKeys.ENDED_ID, "wrong")
                                .with("X-Amz-Security-Token", FixedKeys.TOKEN)
                                .text(),
                        INVALID))
                .startsWith("The request signature we calculated");
    }

    @Test
    void aChangedSecretIsRightAtOnce() throws IOException {
        requireAccepted(post().text());
        KEYS.setSecret(FixedKeys.ID, "changed");
        requireAccepted(post().key(FixedKeys.ID, "changed").text());
        requireRefused(post().text(), INVALID);
    }

    @Test
    void aBodyThatIsNotJsonIsRefusedBeforeItsCredentials() throws IOException {
        assertThat(ask(post().key("AKIAOTHER", "x").body("{").text()).text())
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
    }
}
