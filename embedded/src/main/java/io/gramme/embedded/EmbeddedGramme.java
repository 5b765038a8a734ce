package io.gramme.embedded;

import io.gramme.server.EmbeddedServer;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A Gramme inside this JVM, and clients of the AWS SDK that reach it without sockets. Any number of them may be open,
 * each with tables of its own. Closing it ends its clients as well.
 */
public final class EmbeddedGramme implements AutoCloseable {
    /** Resolves nowhere, so that nothing sent there by mistake arrives anywhere. */
    private static final URI NOWHERE = URI.create("http://gramme.invalid");

    private final EmbeddedOptions options;
    private final EmbeddedServer server;
    private final Door door;
    private final Lazy<DynamoDbClient> client;
    private final Lazy<DynamoDbAsyncClient> asyncClient;
    private final Lazy<DynamoDbStreamsClient> streamsClient;
    private final Lazy<DynamoDbStreamsAsyncClient> streamsAsyncClient;

    private EmbeddedGramme(EmbeddedOptions options, EmbeddedServer server) {
        this.options = options;
        this.server = server;
        this.door = new Door(server.door());
        this.client = new Lazy<>(() -> connect(DynamoDbClient.builder()).build());
        this.asyncClient =
                new Lazy<>(() -> connectAsync(DynamoDbAsyncClient.builder()).build());
        this.streamsClient =
                new Lazy<>(() -> connect(DynamoDbStreamsClient.builder()).build());
        this.streamsAsyncClient = new Lazy<>(
                () -> connectAsync(DynamoDbStreamsAsyncClient.builder()).build());
    }

    /** With its tables in memory. */
    public static EmbeddedGramme start() {
        return start(EmbeddedOptions.inMemory());
    }

    /** @throws io.gramme.storage.StorageException if the data directory cannot be used */
    public static EmbeddedGramme start(EmbeddedOptions options) {
        return new EmbeddedGramme(options, EmbeddedServer.start(options.forServer()));
    }

    /** The one synchronous client, made when it is first asked for. */
    public DynamoDbClient client() {
        return client.get();
    }

    /** The one asynchronous client, made when it is first asked for. */
    public DynamoDbAsyncClient asyncClient() {
        return asyncClient.get();
    }

    /** The one synchronous client of Streams, made when it is first asked for. */
    public DynamoDbStreamsClient streamsClient() {
        return streamsClient.get();
    }

    /** The one asynchronous client of Streams, made when it is first asked for. */
    public DynamoDbStreamsAsyncClient streamsAsyncClient() {
        return streamsAsyncClient.get();
    }

    /**
     * Points a client that is being built to this Gramme, whatever else is chosen about it, before this or after: other
     * retries or credentials, interceptors, timeouts. Whoever builds it closes it.
     */
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B connect(B builder) {
        return located(builder).httpClient(httpClient());
    }

    /** The same for an asynchronous client. */
    public <B extends AwsAsyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B connectAsync(B builder) {
        return located(builder).httpClient(asyncHttpClient());
    }

    private <B extends AwsClientBuilder<B, C>, C> B located(B builder) {
        var credentials = AwsBasicCredentials.create(options.account(), "secret");
        return builder.endpointOverride(NOWHERE)
                .region(Region.of(options.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .defaultsMode(DefaultsMode.STANDARD);
    }

    /** Brings the requests of a synchronous client here, wherever they are addressed. */
    public SdkHttpClient httpClient() {
        return new DirectHttpClient(door);
    }

    /** Brings the requests of an asynchronous client here, wherever they are addressed. */
    public SdkAsyncHttpClient asyncHttpClient() {
        return new DirectAsyncHttpClient(door);
    }

    /** Finishes the requests in flight and forgets tables that are in memory. Later requests fail at once. */
    @Override
    public void close() {
        door.close();
        client.close();
        asyncClient.close();
        streamsClient.close();
        streamsAsyncClient.close();
        server.close();
    }
}
