package io.gramme.security.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Principal.Session;
import io.gramme.security.audit.AuditEvent.Plane;
import io.gramme.security.audit.RefusedRequests.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditLineTest {
    private static final Plane CONTROL = Plane.CONTROL;

    @Test
    void anEventHasTheShapeOfCloudTrail() {
        assertThat(AuditLine.of(Events.change("orders"), "EVENT"))
                .isEqualTo("{\"eventVersion\":\"1.11\",\"userIdentity\":{\"type\":\"IAMUser\","
                        + "\"principalId\":\"AIDAALICE\",\"arn\":\"arn:aws:iam::123456789012:user/alice\","
                        + "\"accountId\":\"123456789012\",\"accessKeyId\":\"AKIDALICE\"},"
                        + "\"eventTime\":\"2026-11-30T12:00:00Z\",\"eventSource\":\"dynamodb.amazonaws.com\","
                        + "\"eventName\":\"CreateTable\",\"awsRegion\":\"eu-west-1\",\"sourceIPAddress\":\"192.0.2.1\","
                        + "\"userAgent\":\"boto3\",\"requestParameters\":{\"TableName\":\"orders\"},"
                        + "\"responseElements\":null,\"requestID\":\"REQUEST\",\"eventID\":\"EVENT\",\"readOnly\":false,"
                        + "\"resources\":[{\"accountId\":\"123456789012\",\"type\":\"AWS::DynamoDB::Table\","
                        + "\"ARN\":\"arn:aws:dynamodb:eu-west-1:123456789012:table/orders\"}],"
                        + "\"eventType\":\"AwsApiCall\",\"managementEvent\":true,"
                        + "\"recipientAccountId\":\"123456789012\",\"eventCategory\":\"Management\","
                        + "\"secureTransport\":true}");
    }

    @Test
    void aSessionOfARoleIsShownWithItsContext() {
        var session = new Session(
                "s", Instant.parse("2026-11-30T11:00:00Z"), Instant.parse("2026-11-30T13:00:00Z"), List.of(), true);
        var role = new Principal(
                Principal.Kind.ROLE,
                "123456789012",
                "arn:aws:sts::123456789012:assumed-role/admin/s",
                "AROA:s",
                Map.of(),
                Optional.of(session));
        assertThat(AuditLine.of(Events.by(role, "", "DeleteTable", CONTROL, false, "{}"), "EVENT"))
                .contains("\"type\":\"AssumedRole\"")
                .contains("\"sessionContext\":{\"attributes\":{\"creationDate\":\"2026-11-30T11:00:00Z\","
                        + "\"mfaAuthenticated\":\"true\"}}");
    }

    @Test
    void noTextOfAClientEndsALine() {
        String hostile = "a\nb\rc\u0000d\u0085e\u2028f\u202eg\u001b[2Jh\"}\ud800";
        String line = AuditLine.of(
                Events.by(Principal.root("123456789012"), hostile, hostile, CONTROL, false, "{\"a\":\n\"b\u2028\"}"),
                "EVENT");
        assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        assertThat(line).contains("a\\nb\\rc\\u0000d\\u0085e\\u2028f\\u202Eg", "{\"a\":\"b\\u2028\"}");
    }

    @Test
    void longTextsAreCut() {
        String line = AuditLine.of(
                Events.by(Principal.root("123456789012"), "x".repeat(100_000), "Op", CONTROL, false, "{}"), "EVENT");
        assertThat(line).hasSizeLessThan(3_000);
    }

    private static String shown(Plane plane, String body) {
        return AuditParameters.of(body.getBytes(UTF_8), plane).orElseThrow();
    }

    @Test
    void aRequestForItemsIsShownWithoutThem() {
        assertThat(shown(Plane.DATA, """
                        {"TableName": "orders", "Key": {"id": {"S": "secret"}}, "Limit": 5,
                         "KeyConditionExpression": "id = secret", "ExpressionAttributeValues": {":v": {"S": "secret"}},
                         "RequestItems": {"orders": [{"PutRequest": {"Item": {"id": {"S": "secret"}}}}]},
                         "Statement": "SELECT * FROM t WHERE id = 'secret'", "ConsistentRead": true}"""))
                .doesNotContain("secret")
                .startsWith("{\"TableName\":\"orders\",\"Key\":\"HIDDEN\",\"Limit\":5,")
                .endsWith("\"ConsistentRead\":true}");
    }

    @Test
    void aRequestOfTheControlPlaneIsShownWithoutSecrets() {
        assertThat(shown(Plane.CONTROL, """
                        {"TableName": "t", "Tags": [{"Key": "k", "Value": "v"}], "Password": "secret",
                         "Nested": {"SecretAccessKey": "secret", "n": -1.5, "none": null}}"""))
                .isEqualTo(
                        "{\"TableName\":\"t\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}],"
                                + "\"Password\":\"HIDDEN\",\"Nested\":{\"SecretAccessKey\":\"HIDDEN\",\"n\":-1.5,\"none\":null}}");
    }

    @Test
    void parametersAreBounded() {
        var many = new StringBuilder("{");
        for (int i = 0; i < 50_000; i++) {
            many.append("\"m").append(i).append("\":\"").append("x").append("\",");
        }
        assertThat(shown(Plane.CONTROL, many + "\"last\":1}")).hasSizeLessThan(20_000);
        assertThat(shown(Plane.CONTROL, "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}"))
                .hasSizeLessThan(100);
    }

    @Test
    void whatIsNoObjectHasNoParameters() {
        for (String body : List.of("", "[]", "{", "{\"a\":}", "nonsense")) {
            assertThat(AuditParameters.of(body.getBytes(UTF_8), Plane.CONTROL)).isEmpty();
        }
    }

    @Test
    void refusedRequestsAreCountedByKindsThatAreBounded() {
        var refused = new RefusedRequests(2);
        var first = new Kind("alice", "192.0.2.1", "AccessDeniedException");
        refused.count(first);
        refused.count(first);
        for (int i = 0; i < 100; i++) {
            refused.count(new Kind("user" + i, "192.0.2.1", "AccessDeniedException"));
        }
        assertThat(refused.counts())
                .hasSize(3)
                .containsEntry(first, 2L)
                .containsEntry(new Kind("others", "others", "others"), 99L);
    }
}
