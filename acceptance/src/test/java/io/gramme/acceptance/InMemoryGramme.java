package io.gramme.acceptance;

import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A server in this JVM and a client of it, for one test class: each test makes tables of its own. */
final class InMemoryGramme implements AutoCloseable {
    private final Server server;
    final DynamoDbClient client;

    InMemoryGramme() {
        try {
            server = Server.start(ServerOptions.inMemory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = Clients.of(url());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.address().getPort());
    }

    DynamoDbClient client(String account, Region region) {
        return Clients.of(url(), account, region);
    }

    /** An on-demand table, once it can be used. */
    TableDescription table(String name, Consumer<CreateTableRequest.Builder> more) {
        client.createTable(request -> more.accept(request.tableName(name).billingMode(BillingMode.PAY_PER_REQUEST)));
        return client.waiter()
                .waitUntilTableExists(request -> request.tableName(name))
                .matched()
                .response()
                .orElseThrow()
                .table();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
