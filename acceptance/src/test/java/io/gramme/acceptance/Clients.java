package io.gramme.acceptance;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** SDK clients as a user makes them. */
final class Clients {
    static final String ACCOUNT = "111111111111";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Clients() {}

    static DynamoDbClient of(URI url) {
        return of(url, ACCOUNT, Region.EU_WEST_1);
    }

    /** An access key id of twelve digits is the account itself. */
    static DynamoDbClient of(URI url, String account, Region region) {
        return of(
                url,
                account,
                region,
                DefaultRetryStrategy.standardStrategyBuilder().build());
    }

    static DynamoDbStreamsClient streamsOf(URI url) {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(url)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(TIMEOUT))
                .build();
    }

    static DynamoDbAsyncClient asyncOf(URI url) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(url)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "secret")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
    }

    /** Sends each request once: who counts what was acknowledged must know what was sent. */
    static DynamoDbClient withoutRetry(URI url) {
        return of(url, ACCOUNT, Region.EU_WEST_1, DefaultRetryStrategy.doNotRetry());
    }

    /** With what changes the requests before they are sent, and the answers when they come. */
    static DynamoDbClient of(URI url, ExecutionInterceptor interceptor) {
        return of(
                url,
                ACCOUNT,
                Region.EU_WEST_1,
                ClientOverrideConfiguration.builder()
                        .addExecutionInterceptor(interceptor)
                        .build());
    }

    private static DynamoDbClient of(URI url, String account, Region region, RetryStrategy retries) {
        return of(
                url,
                account,
                region,
                ClientOverrideConfiguration.builder().retryStrategy(retries).build());
    }

    private static DynamoDbClient of(
            URI url, String account, Region region, ClientOverrideConfiguration configuration) {
        return DynamoDbClient.builder()
                .endpointOverride(url)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(TIMEOUT))
                .overrideConfiguration(configuration)
                .build();
    }
}
