package io.gramme.microbenchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.signature.CanonicalRequest;
import io.gramme.core.signature.SignedHeaders;
import io.gramme.core.signature.SigningKey;
import io.gramme.core.signature.SigningScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** JMH benchmarks of the signature of a GetItem, with the headers that the SDK for Java signs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Signatures {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String TIME = "20260102T030405Z";
    private static final String NAMES =
            "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date;x-amz-target";

    private final SigningScope scope = new SigningScope("20260102", "eu-west-1", "dynamodb");
    private final Map<String, List<String>> headers = Map.of(
            "amz-sdk-invocation-id", List.of("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"),
            "amz-sdk-request", List.of("attempt=1; max=4"),
            "content-length", List.of("75"),
            "content-type", List.of("application/x-amz-json-1.0"),
            "host", List.of("localhost:8000"),
            "x-amz-date", List.of(TIME),
            "x-amz-target", List.of("DynamoDB_20120810.GetItem"));
    private final byte[] body =
            "{\"TableName\":\"items\",\"Key\":{\"p\":{\"S\":\"p0001\"},\"s\":{\"S\":\"s001\"}}}".getBytes(UTF_8);
    private final SigningKey key = SigningKey.derive(SECRET, scope);
    private final String signature = key.signature(stringToSign());

    private String stringToSign() {
        var parts = new CanonicalRequest.Parts(
                "POST", "/", "", name -> headers.getOrDefault(name, List.of()), CanonicalRequest.bodyHash(body));
        return scope.stringToSign(TIME, CanonicalRequest.of(parts, SignedHeaders.parse(NAMES), Set.of()));
    }

    /** As a verifier does for a client that it knows. */
    @Benchmark
    public boolean verifyWithKeptKey() {
        return key.verifies(stringToSign(), signature);
    }

    /** As it does for the first request of a client on a day. */
    @Benchmark
    public boolean verifyWithDerivedKey() {
        return SigningKey.derive(SECRET, scope).verifies(stringToSign(), signature);
    }

    /** The text alone, with both of its hashes. */
    @Benchmark
    public String writeStringToSign() {
        return stringToSign();
    }
}
