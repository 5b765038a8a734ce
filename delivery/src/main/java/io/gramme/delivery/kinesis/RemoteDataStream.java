package io.gramme.delivery.kinesis;

import io.gramme.api.wire.Json;
import io.gramme.core.signature.Signer;
import io.gramme.core.signature.SigningTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A data stream behind an endpoint of the Kinesis protocol: AWS JSON 1.1, of which it uses PutRecords only. */
final class RemoteDataStream implements DataStream {
    private static final String TARGET = "Kinesis_20131202.PutRecords";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    /** The bound of a response, which has some hundred bytes for each record. */
    private static final int MOST_ANSWER_BYTES = 4 << 20;

    private final HttpClient client;
    private final KinesisOptions options;
    private final InstantSource clock;
    private final String arn;
    private final String name;
    private final Signer signer;

    /** @param arn {@code arn:aws:kinesis:REGION:ACCOUNT:stream/NAME} */
    RemoteDataStream(HttpClient client, KinesisOptions options, String arn, InstantSource clock) {
        this.client = client;
        this.options = options;
        this.clock = clock;
        this.arn = arn;
        this.name = arn.substring(arn.lastIndexOf('/') + 1);
        KinesisOptions.Credentials credentials = options.credentials();
        this.signer =
                new Signer(credentials.accessKeyId(), credentials.secretAccessKey(), arn.split(":", -1)[3], "kinesis");
    }

    @Override
    public List<Optional<String>> put(List<DataRecord> records) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                request(body(records)), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES));
        try (JsonParser json = Json.parser(answer.body())) {
            if (answer.statusCode() != OK) {
                throw refusal(answer.statusCode(), json);
            }
            List<Optional<String>> failures = failures(json);
            if (failures.size() != records.size()) {
                throw new IOException("a response for " + failures.size() + " records to " + records.size());
            }
            return failures;
        } catch (JacksonException e) {
            throw new IOException("status " + answer.statusCode() + " without JSON: " + e.getOriginalMessage(), e);
        }
    }

    private byte[] body(List<DataRecord> records) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            out.writeStartObject();
            // Older endpoints accept the name only, newer ones accept both.
            out.writeStringProperty("StreamName", name);
            out.writeStringProperty("StreamARN", arn);
            out.writeArrayPropertyStart("Records");
            for (DataRecord record : records) {
                out.writeStartObject();
                out.writeBinaryProperty("Data", record.data().shared());
                out.writeStringProperty("PartitionKey", record.partitionKey());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private HttpRequest request(byte[] body) {
        var now = clock.instant();
        URI endpoint = options.endpoint();
        var headers = new TreeMap<String, String>();
        headers.put("content-type", CONTENT_TYPE);
        headers.put("host", endpoint.getRawAuthority());
        headers.put("x-amz-date", SigningTime.format(now));
        headers.put("x-amz-target", TARGET);
        if (!options.credentials().sessionToken().isEmpty()) {
            headers.put("x-amz-security-token", options.credentials().sessionToken());
        }
        String authorization = signer.authorizationOfPost(headers, body, now);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve("/"))
                .timeout(TIMEOUT)
                .header("authorization", authorization)
                .POST(BodyPublishers.ofByteArray(body));
        headers.remove("host"); // The HTTP client writes it itself.
        headers.forEach(request::header);
        return request.build();
    }

    /** For each record, why it failed. Unknown members are skipped. */
    private static List<Optional<String>> failures(JsonParser json) {
        var failures = new ArrayList<Optional<String>>();
        json.nextToken();
        for (String member = json.nextName(); member != null; member = json.nextName()) {
            JsonToken value = json.nextToken();
            if (member.equals("Records") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    failures.add(failure(json));
                }
            } else {
                json.skipChildren();
            }
        }
        return failures;
    }

    private static Optional<String> failure(JsonParser json) {
        Optional<String> code = Optional.empty();
        String message = "";
        for (String member = json.nextName(); member != null; member = json.nextName()) {
            JsonToken value = json.nextToken();
            if (member.equals("ErrorCode") && value == JsonToken.VALUE_STRING) {
                code = Optional.of(json.getString());
            } else if (member.equals("ErrorMessage") && value == JsonToken.VALUE_STRING) {
                message = json.getString();
            } else {
                json.skipChildren();
            }
        }
        String words = message;
        return code.map(known -> known + ": " + words);
    }

    private static RefusedException refusal(int status, JsonParser json) {
        String type = "status " + status;
        String message = "";
        json.nextToken();
        for (String member = json.nextName(); member != null; member = json.nextName()) {
            JsonToken value = json.nextToken();
            if (member.equals("__type") && value == JsonToken.VALUE_STRING) {
                String full = json.getString();
                type = full.substring(full.indexOf('#') + 1);
            } else if (member.equalsIgnoreCase("message") && value == JsonToken.VALUE_STRING) {
                message = json.getString();
            } else {
                json.skipChildren();
            }
        }
        return new RefusedException(type, message);
    }
}
