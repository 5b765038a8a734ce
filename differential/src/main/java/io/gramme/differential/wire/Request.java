package io.gramme.differential.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * One request, the same for either server.
 *
 * @param body its JSON, or what a fault made of it
 */
public record Request(String operation, String body) {
    /** Stands for the account in an ARN: the one thing that each server wants to hear in its own way. */
    public static final String ACCOUNT = "@ACCOUNT@";

    /** The only region that DynamoDB Local puts into its ARNs. */
    public static final String REGION = "ddblocal";

    public static Request of(String operation, JsonNode body) {
        return new Request(operation, Json.write(body));
    }

    /**
     * The bytes to send.
     *
     * @param caller the access key id: on either server each has its own tables
     * @param account what the server calls the account of that caller
     */
    byte[] bytes(String caller, String account) {
        byte[] content = body.replace(ACCOUNT, account).getBytes(UTF_8);
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
                """.formatted(operation, caller, REGION, "0".repeat(64), content.length)
                .getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, request, head.length, content.length);
        return request;
    }
}
