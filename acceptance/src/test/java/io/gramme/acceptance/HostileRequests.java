package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests with something wrong in them: the same ones for the same seed. */
final class HostileRequests {
    private static final String HERE = "@here@";
    private static final byte[] NOT_UTF_8 = {(byte) 0xc3, 0x28, (byte) 0xff, (byte) 0xed, (byte) 0xa0, (byte) 0x80};

    private final SplittableRandom random;
    private int next;

    /** Whether it is HTTP. */
    enum Form {
        /** Whatever is in it: it must be answered. */
        HTTP,
        /** It may be answered, and the connection closed while it is still being sent. */
        BROKEN,
        /** The server waits for more, which does not come. */
        HALF
    }

    /** What is sent. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Hostile(String what, byte[] bytes, Form form) {}

    HostileRequests(SplittableRandom random) {
        this.random = random;
    }

    Hostile next() {
        var wellFormed = WellFormed.ALL.get(next++ % WellFormed.ALL.size());
        // One in eight as it should be: so that there is something to be hostile to.
        return switch (random.nextInt(8)) {
            case 0 -> request(wellFormed, wellFormed.json().getBytes(UTF_8));
            case 1, 2, 3, 4 -> request(wellFormed, wrongValue(wellFormed).getBytes(UTF_8));
            case 5, 6 -> request(wellFormed, wrongBytes(wellFormed.json().getBytes(UTF_8)));
            default -> wrongHttp(wellFormed);
        };
    }

    private static Hostile request(WellFormed request, byte[] body) {
        return new Hostile(
                request.operation() + " " + new String(body, 0, Math.min(body.length, 2_000), ISO_8859_1),
                bytes(head(request.operation()) + "Content-Length: " + body.length + "\r\n\r\n", body),
                Form.HTTP);
    }

    static String head(String operation) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: " + WellFormed.target(operation) + "\r\n"
                + "X-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256"
                + " Credential=111111111111/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\n";
    }

    private static byte[] bytes(String head, byte... body) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** One value of the request is another one, or is given twice, or under another name. */
    private String wrongValue(WellFormed request) {
        JsonNode tree = WellFormed.JSON.readTree(request.body());
        List<Consumer<JsonNode>> places = new ArrayList<>();
        collect(tree, places);
        String value = value();
        if (places.isEmpty()) {
            return value;
        }
        places.get(random.nextInt(places.size()))
                .accept(WellFormed.JSON.getNodeFactory().stringNode(HERE));
        return tree.toString().replace("\"" + HERE + "\"", value);
    }

    private void collect(JsonNode node, List<Consumer<JsonNode>> places) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(property -> {
                    places.add(value -> object.set(property.getKey(), value));
                    places.add(value -> object.set("Other" + property.getKey(), value));
                    collect(property.getValue(), places);
                });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    int index = i;
                    places.add(value -> array.set(index, value));
                    collect(array.get(i), places);
                }
            }
            default -> {}
        }
    }

    private String value() {
        return switch (random.nextInt(20)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> String.valueOf(random.nextLong());
            case 3 -> "1E" + random.nextInt();
            case 4 -> "9".repeat(random.nextInt(1, 5_000));
            case 5 -> "[]";
            case 6 -> "{}";
            case 7 -> "\"\"";
            case 8 -> "\"" + "x".repeat(random.nextInt(1, 600_000)) + "\"";
            case 9 -> nested("[", "1", "]");
            case 10 -> nested("{\"M\":{\"a\":", "{\"S\":\"x\"}", "}}");
            case 11 -> nested("{\"L\":[", "{\"N\":\"1\"}", "]}");
            case 12 -> "\"" + "(".repeat(random.nextInt(1, 4_000)) + "a = b\"";
            case 13 -> "\"" + "NOT ".repeat(random.nextInt(1, 1_000)) + "a = :n\"";
            case 14 -> "\"SET a[" + random.nextLong() + "] = b[99999999999999999999].c - :n\"";
            case 15 -> "{\"N\":\"1E" + random.nextInt() + "\"}";
            case 16 -> "{\"N\":\"" + "7".repeat(random.nextInt(1, 3_000)) + "\",\"S\":\"x\"}";
            case 17 -> "\"\\ud800\\u0000 \\uffff\"";
            case 18 -> "[" + "{\"S\":\"x\"},".repeat(random.nextInt(1, 2_000)) + "null]";
            default -> "{\"S\":\"x\",\"S\":\"y\",\"B\":\"=\"}";
        };
    }

    private String nested(String open, String inner, String close) {
        int depth = random.nextInt(1, 20_000);
        return open.repeat(depth) + inner + close.repeat(random.nextInt(10) == 0 ? depth - 1 : depth);
    }

    private byte[] wrongBytes(byte[] body) {
        int at = random.nextInt(body.length);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> with(body, at, NOT_UTF_8);
            case 2 -> with(body, at, Arrays.copyOfRange(body, at, random.nextInt(at, body.length)));
            case 3 -> with(body, at, "\"TableName\":\"twice\",".getBytes(UTF_8));
            case 4 -> noise(random.nextInt(1, 5_000));
            default -> flipped(body);
        };
    }

    private static byte[] with(byte[] body, int at, byte... inserted) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(body, 0, at);
        bytes.writeBytes(inserted);
        bytes.write(body, at, body.length - at);
        return bytes.toByteArray();
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] flipped(byte[] body) {
        byte[] flipped = body.clone();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private Hostile wrongHttp(WellFormed request) {
        byte[] body = request.json().getBytes(UTF_8);
        String head = head(request.operation());
        String length = "Content-Length: " + body.length + "\r\n\r\n";
        return switch (random.nextInt(16)) {
            case 0 -> broken("unknown target", head("Frobnicate" + random.nextInt()) + length, body);
            case 1 -> broken("no target", head.replaceFirst("X-Amz-Target[^\n]*\n", "") + length, body);
            case 2 -> broken("another type", head.replace("x-amz-json-1.0", "xml; q=\"") + length, body);
            case 3 -> broken("no credentials", head.replaceFirst("Authorization[^\n]*\n", "") + length, body);
            case 4 ->
                broken(
                        "strange credentials",
                        head.replace("Credential=111111111111/", "Credential=//,") + length,
                        body);
            case 5 -> broken("length -1", head + "Content-Length: -1\r\n\r\n", body);
            case 6 -> broken("length x", head + "Content-Length: x\r\n\r\n", body);
            case 7 -> broken("two lengths", head + "Content-Length: 3\r\n" + length, body);
            case 8 -> broken("length 99 GB", head + "Content-Length: 99999999999\r\n\r\n", body);
            case 9 -> broken("bad chunks", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", body);
            case 10 -> broken("long header", head + "X-Long: " + "y".repeat(100_000) + "\r\n" + length, body);
            case 11 -> broken("not gzip", head + "Content-Encoding: gzip\r\n" + length, body);
            case 12 -> broken("another method", head.replaceFirst("POST", "BREW") + length, body);
            case 13 ->
                broken(
                        "garbage behind",
                        head.replace("close", "keep-alive") + length,
                        with(with(body, body.length, noise(500)), body.length + 500, "\r\n\r\n".getBytes(UTF_8)));
            case 14 -> half("half a head", Arrays.copyOf(bytes(head), random.nextInt(1, head.length())));
            default -> half("half a body", bytes(head + "Content-Length: " + (body.length + 50) + "\r\n\r\n", body));
        };
    }

    private static Hostile broken(String what, String head, byte... body) {
        return new Hostile(what, bytes(head, body), Form.BROKEN);
    }

    private static Hostile half(String what, byte... bytes) {
        return new Hostile(what, bytes, Form.HALF);
    }
}
