package io.gramme.delivery.trigger;

import io.gramme.delivery.follow.Steps;
import io.gramme.server.Client;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.table.Samples;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** A table with a stream, its triggers, and the web they send to: all in memory, and in a time of their own. */
final class Shop implements AutoCloseable {
    static final String HOOK = "http://hook.example/changes";

    private static final long HEAP = 1L << 30;

    final FakeWeb web = new FakeWeb();
    Steps steps = new Steps();
    Instant now = Instant.parse("2026-03-04T05:06:07.890Z");
    private final RowStore store = new MemoryStore(() -> now);
    private final AtomicLong announcements = new AtomicLong();
    private final Optional<Path> directory;
    private final List<Client> opened = new ArrayList<>();
    Client client;

    Shop(Optional<Path> directory) {
        this.directory = directory;
        this.client = open();
    }

    private Client open() {
        Client another = Client.over(store, new TriggerRim(() -> now, Samples.IDS, () -> web, steps, directory, HEAP));
        opened.add(another);
        return another;
    }

    /** As a server is that was killed and started again: what it had in hand is gone. */
    void restart() {
        steps = new Steps();
        client = open();
    }

    /** The triggers as another server has them that shares the store; for now it does not run them. */
    Triggers beside(FakeWeb itsWeb, Steps itsSteps) {
        var tables = new Tables(store, TableOptions.DEFAULT, () -> now);
        return Triggers.among(
                store,
                tables,
                new TriggerRim(() -> now, Samples.IDS, () -> itsWeb, itsSteps, directory, HEAP),
                announcements::get);
    }

    /** As servers do that have changed something. */
    void announce() {
        announcements.incrementAndGet();
    }

    void table(String view) {
        client.call(
                "CreateTable",
                "{TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                        + "StreamSpecification: {StreamEnabled: true, StreamViewType: '" + view + "'}}");
    }

    /** A trigger of the table to the hook; answers its id. */
    String trigger(String members) {
        return client.callGramme(
                        "CreateEventSourceMapping",
                        "{EventSourceArn: 'Orders', StartingPosition: 'TRIM_HORIZON', WebhookUrl: '" + HOOK + "'"
                                + members + "}")
                .get("UUID")
                .asString();
    }

    static String filter(String rule) {
        return "{Pattern: '{\\\"dynamodb\\\": {\\\"NewImage\\\": {\\\"n\\\": {\\\"N\\\": [{\\\""
                + rule.replaceFirst(":", "\\\\\":") + "}]}}}}'}";
    }

    void start(String position, String more, String url) {
        client.callGramme(
                "CreateEventSourceMapping",
                "{EventSourceArn: 'Orders', StartingPosition: '" + position + "', WebhookUrl: '" + url + "'" + more
                        + "}");
    }

    JsonNode update(String id, String members) {
        return client.callGramme("UpdateEventSourceMapping", "{UUID: '" + id + "'" + members + "}");
    }

    JsonNode get(String id) {
        return client.callGramme("GetEventSourceMapping", "{UUID: '" + id + "'}");
    }

    long counted(String id, String what) {
        return get(id).at("/Statistics/" + what).asLong();
    }

    void put(String key, int number) {
        client.call("PutItem", "{TableName: 'Orders', Item: {pk: {S: '" + key + "'}, n: {N: '" + number + "'}}}");
    }

    void puts(String key, int from, int to) {
        for (int i = from; i <= to; i++) {
            put(key, i);
        }
    }

    void delete(String key) {
        client.call("DeleteItem", "{TableName: 'Orders', Key: {pk: {S: '" + key + "'}}}");
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void close() {
        opened.forEach(Client::close);
    }
}
