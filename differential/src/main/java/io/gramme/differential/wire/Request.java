package io.gramme.differential.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * One request, the same for either server.
 *
 * @param body the JSON, or the text that a fault made of it
 */
public record Request(String operation, String body) {
    /** The placeholder of the account in an ARN, which differs between servers. */
    public static final String ACCOUNT = "@ACCOUNT@";

    /** The placeholder of the region in an ARN. */
    public static final String REGION = "@REGION@";

    public static Request of(String operation, JsonNode body) {
        return new Request(operation, Json.write(body));
    }

    /** The body to send for a caller, with its account and region. */
    byte[] content(Caller caller) {
        return body.replace(ACCOUNT, caller.account())
                .replace(REGION, caller.region())
                .getBytes(UTF_8);
    }

    /** The bytes to send to a server that does not verify signatures. */
    byte[] bytes(Caller caller) {
        byte[] content = content(caller);
        byte[] head = """
                POST / HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/x-amz-json-1.0\r
                X-Amz-Target: DynamoDB_20120810.%s\r
                X-Amz-Date: 20260101T000000Z\r
                Authorization: AWS4-HMAC-SHA256 Credential=%s/20260101/%s/dynamodb/aws4_request, \
                SignedHeaders=host;x-amz-date;x-amz-target, Signature=%s\r
                Content-Length: %d\r
                \r
                """.formatted(operation, caller.accessKeyId(), caller.region(), "0".repeat(64), content.length)
                .getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, request, head.length, content.length);
        return request;
    }
}
