package io.gramme.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gramme.http.Endpoint;
import io.gramme.http.HttpOptions;
import io.gramme.http.InProcessTransport;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What takes the place of HTTP, behind real clients of the SDK, with endpoints that do what a test wants. */
@Timeout(60)
class DirectClientTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final String TABLES = "{\"TableNames\":[\"" + "x".repeat(9_000) + "\"]}";

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    private byte[] stuck() throws InterruptedException {
        arrived.countDown();
        release.await();
        finished.countDown();
        return "{}".getBytes(UTF_8);
    }

    private static InProcessTransport door(Endpoint endpoint) {
        return new InProcessTransport(endpoint, HttpOptions.at("localhost", 0), new SplittableRandom(1));
    }

    private static DynamoDbClient sync(InProcessTransport door, Consumer<ClientOverrideConfiguration.Builder> more) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create("http://gramme.invalid"))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(new DirectHttpClient(new Door(door)))
                .overrideConfiguration(
                        configuration -> more.accept(configuration.retryStrategy(DefaultRetryStrategy.doNotRetry())))
                .build();
    }

    private static DynamoDbAsyncClient async(
            InProcessTransport door, Consumer<ClientOverrideConfiguration.Builder> more) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(URI.create("http://gramme.invalid"))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(new DirectAsyncHttpClient(new Door(door)))
                .overrideConfiguration(
                        configuration -> more.accept(configuration.retryStrategy(DefaultRetryStrategy.doNotRetry())))
                .build();
    }

    /** Sees the head of the last answer, or puts another in its place. */
    private static class Tap implements ExecutionInterceptor {
        final AtomicReference<SdkHttpResponse> seen =
                new AtomicReference<>(SdkHttpResponse.builder().build());

        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            seen.set(context.httpResponse());
            return context.httpResponse();
        }
    }

    private static final class Spoiler extends Tap {
        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            return context.httpResponse().toBuilder()
                    .putHeader("x-amz-crc32", "1")
                    .build();
        }
    }

    @Test
    void anAnswerCarriesAChecksumThatTheClientChecks() {
        try (var door = door(_ -> TABLES.getBytes(UTF_8));
                var sound = sync(door, _ -> {});
                var spoilt = sync(door, more -> more.addExecutionInterceptor(new Spoiler()))) {
            assertThat(sound.listTables().tableNames()).hasSize(1);
            assertThatThrownBy(spoilt::listTables).isInstanceOf(Crc32MismatchException.class);
        }
    }

    @Test
    void anAnswerIsCompressedForAClientThatAsks() {
        var tap = new Tap();
        try (var door = door(_ -> TABLES.getBytes(UTF_8));
                var sync = sync(door, more -> more.addExecutionInterceptor(tap).putHeader("Accept-Encoding", "gzip"));
                var async =
                        async(door, more -> more.addExecutionInterceptor(tap).putHeader("Accept-Encoding", "gzip"))) {
            assertThat(sync.listTables().tableNames().getFirst()).hasSize(9_000);
            assertThat(tap.seen.get().firstMatchingHeader("Content-Encoding")).hasValue("gzip");
            tap.seen.set(SdkHttpResponse.builder().build());
            assertThat(async.listTables().join().tableNames().getFirst()).hasSize(9_000);
            assertThat(tap.seen.get().firstMatchingHeader("Content-Encoding")).hasValue("gzip");
        }
    }

    @Test
    void aClientStopsWaitingByItsTimeouts() {
        try (var door = door(_ -> stuck());
                var whole = sync(door, more -> more.apiCallTimeout(SOON));
                var attempt = sync(door, more -> more.apiCallAttemptTimeout(SOON));
                var async = async(door, more -> more.apiCallTimeout(SOON))) {
            assertThatThrownBy(whole::listTables).isInstanceOf(ApiCallTimeoutException.class);
            assertThatThrownBy(attempt::listTables).isInstanceOf(ApiCallAttemptTimeoutException.class);
            assertThatThrownBy(() -> async.listTables().join()).hasCauseInstanceOf(ApiCallTimeoutException.class);
            release.countDown();
        }
    }

    @Test
    void anInterruptedClientStopsWaitingAndTheServerFinishes() throws Exception {
        var thrown = new AtomicReference<Throwable>();
        try (var door = door(_ -> stuck());
                var client = sync(door, _ -> {})) {
            Thread caller = Thread.ofPlatform().start(() -> thrown.set(catchThrowable(client::listTables)));
            arrived.await();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get())
                    .isInstanceOf(SdkClientException.class)
                    .hasCauseInstanceOf(InterruptedIOException.class);
            release.countDown();
            finished.await();
        }
    }

    @Test
    void aCancelledCallIsNoLongerListenedForAndTheServerFinishes() throws Exception {
        try (var door = door(_ -> stuck());
                var client = async(door, _ -> {})) {
            var call = client.listTables();
            arrived.await();
            call.cancel(true);
            assertThat(call).isCancelled();
            release.countDown();
            finished.await();
        }
    }

    @Test
    void aFaultOfTheServerIsAnAnswer() {
        try (var door = door(_ -> {
                    throw new IllegalStateException("fault on purpose");
                });
                var client = sync(door, _ -> {})) {
            assertThatThrownBy(client::listTables).hasMessageContaining("Internal server error");
        }
    }

    @Test
    void aBodyBeyondTheBoundIsRefused() {
        try (var door = door(_ -> "{}".getBytes(UTF_8));
                var client = async(door, _ -> {})) {
            var call = client.listTables(list -> list.exclusiveStartTableName("x".repeat(17 << 20)));
            assertThatThrownBy(call::join).hasMessageContaining("413");
        }
    }
}
