package io.gramme.microbenchmark;

import io.gramme.embedded.EmbeddedGramme;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Prints the time from the start of an embedded Gramme to the first answer of its client. */
public final class EmbeddedStart {
    private static final int AGAIN = 5;

    private EmbeddedStart() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("with-sdk")) {
            useTheSdk();
        }
        System.out.printf(Locale.ROOT, "embedded, the first in its JVM         %6.0f ms%n", millis());
        for (int i = 0; i < AGAIN; i++) {
            System.out.printf(Locale.ROOT, "embedded, in a JVM that has had one    %6.0f ms%n", millis());
        }
    }

    /** Loads what a JVM that already uses DynamoDB has loaded. */
    private static void useTheSdk() {
        try (var client = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://gramme.invalid"))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(once -> once.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .httpClient(new Unreachable())
                .build()) {
            client.listTables();
        } catch (SdkException expected) {
            // No server is there, but the classes on the way to one are loaded now.
        }
    }

    private static final class Unreachable implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    throw new IOException("unreachable");
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    private static double millis() {
        long begun = System.nanoTime();
        try (var gramme = EmbeddedGramme.start()) {
            gramme.client().listTables();
            return (System.nanoTime() - begun) / 1e6;
        }
    }
}
