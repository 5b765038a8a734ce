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
 * A Gramme server inside this JVM, with clients of the AWS SDK that reach it without sockets. Any number of servers may
 * be open, each with tables of its own. Closing one closes its clients as well.
 */
public final class EmbeddedGramme implements AutoCloseable {
    /** An address that never resolves, so that a request sent there by mistake arrives nowhere. */
    private static final URI NOWHERE = URI.create("http://gramme.invalid");

    private final EmbeddedOptions options;
    private final EmbeddedServer server;
    private final Door door;
    private final Faults faults;
    private final Lazy<DynamoDbClient> client;
    private final Lazy<DynamoDbAsyncClient> asyncClient;
    private final Lazy<DynamoDbStreamsClient> streamsClient;
    private final Lazy<DynamoDbStreamsAsyncClient> streamsAsyncClient;

    private EmbeddedGramme(EmbeddedOptions options, EmbeddedServer server) {
        this.options = options;
        this.server = server;
        this.door = new Door(server.door());
        this.faults = new Faults(server.door(), options);
        this.client = new Lazy<>(() -> connect(DynamoDbClient.builder()).build());
        this.asyncClient =
                new Lazy<>(() -> connectAsync(DynamoDbAsyncClient.builder()).build());
        this.streamsClient =
                new Lazy<>(() -> connect(DynamoDbStreamsClient.builder()).build());
        this.streamsAsyncClient = new Lazy<>(
                () -> connectAsync(DynamoDbStreamsAsyncClient.builder()).build());
    }

    /** Starts a server with its tables in memory. */
    public static EmbeddedGramme start() {
        return start(EmbeddedOptions.inMemory());
    }

    /**
     * Starts a server.
     *
     * @throws io.gramme.storage.StorageException if the data directory cannot be used
     * @throws IllegalStateException if the tables are in a directory and the engine for that is not on the class path
     */
    public static EmbeddedGramme start(EmbeddedOptions options) {
        return new EmbeddedGramme(options, EmbeddedServer.start(options.forServer()));
    }

    /** The shared synchronous client, created on first use. */
    public DynamoDbClient client() {
        return client.get();
    }

    /** The shared asynchronous client, created on first use. */
    public DynamoDbAsyncClient asyncClient() {
        return asyncClient.get();
    }

    /** The shared synchronous client of Streams, created on first use. */
    public DynamoDbStreamsClient streamsClient() {
        return streamsClient.get();
    }

    /** The shared asynchronous client of Streams, created on first use. */
    public DynamoDbStreamsAsyncClient streamsAsyncClient() {
        return streamsAsyncClient.get();
    }

    /** The rules that make chosen requests fail, wait, or be throttled. There are none at first. */
    public Faults faults() {
        return faults;
    }

    /**
     * Connects a client under construction to this server. The builder may be configured further, before this call or
     * after it: retries, credentials, interceptors, timeouts. The caller closes the client.
     */
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B connect(B builder) {
        return located(builder).httpClient(httpClient());
    }

    /** Connects an asynchronous client under construction, as {@link #connect} does. */
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

    /** An HTTP client for synchronous SDK clients: sends every request to this server, to any address. */
    public SdkHttpClient httpClient() {
        return new DirectHttpClient(door);
    }

    /** An HTTP client for asynchronous SDK clients: sends every request to this server, to any address. */
    public SdkAsyncHttpClient asyncHttpClient() {
        return new DirectAsyncHttpClient(door);
    }

    /** Finishes the requests in flight and drops tables in memory. Later requests fail at once. */
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
