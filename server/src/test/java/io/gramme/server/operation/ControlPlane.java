package io.gramme.server.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.api.CreateTableInput;
import io.gramme.api.DeleteTableInput;
import io.gramme.api.DescribeTableInput;
import io.gramme.api.DescribeTableOutput;
import io.gramme.api.ListTablesInput;
import io.gramme.api.ListTablesOutput;
import io.gramme.api.ListTagsOfResourceInput;
import io.gramme.api.Operations;
import io.gramme.api.TableDescription;
import io.gramme.api.TagResourceInput;
import io.gramme.api.UntagResourceInput;
import io.gramme.api.UpdateTableInput;
import io.gramme.api.wire.Operation;
import io.gramme.api.wire.Parsed;
import io.gramme.core.error.ApiException;
import io.gramme.core.identity.Caller;
import io.gramme.server.Client;
import io.gramme.server.FakeKeyService;
import io.gramme.server.permission.Guard;
import io.gramme.storage.RowStore;
import io.gramme.tables.table.Fixture;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Samples;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableSealing;
import io.gramme.tables.table.Tables;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;

/**
 * The operations on tables over a memory store, in a time of their own. Requests are JSON that may use single quotes and
 * leave names bare.
 */
final class ControlPlane {
    static final Duration DELAY = Duration.ofSeconds(10);

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .build();

    final Fixture fixture;
    final MillisecondClock clock;
    final Tables tables;
    final TableLifecycle life;
    final FakeKeyService keyService = new FakeKeyService();
    private final RootKeys keys = new RootKeys(keyService, RootKeys.Scope.CALLER);

    private ControlPlane(Duration delay) {
        this(delay, (_, _) -> TableSealing.OFF);
    }

    private ControlPlane(Duration delay, BiFunction<RowStore, FakeKeyService, TableSealing> sealing) {
        this.fixture = new Fixture(delay);
        this.clock = new MillisecondClock(fixture);
        this.tables = fixture.start(sealing.apply(fixture.store, keyService));
        this.life = new TableLifecycle(tables, fixture.store, (table, index, _) -> tables.filled(table, index));
    }

    /** Where changes have come to pass by the time they are answered. */
    static ControlPlane quick() {
        return new ControlPlane(Duration.ZERO);
    }

    /** Where changes take a while. */
    static ControlPlane slow() {
        return new ControlPlane(DELAY);
    }

    /** Where changes take a while, and tables have keys. */
    static ControlPlane sealed(BiFunction<RowStore, FakeKeyService, TableSealing> sealing) {
        return new ControlPlane(DELAY, sealing);
    }

    void settle() {
        fixture.pass(DELAY);
        for (int i = 0; i < 5; i++) {
            life.run();
        }
    }

    TableDescription create(String request) {
        CreateTableInput input = request(Operations.CREATE_TABLE, request);
        return answer(
                        new CreateTable(
                                tables,
                                life,
                                clock,
                                Samples.IDS,
                                Guard.open(InstantSource.system()).policies(),
                                keys),
                        input)
                .tableDescription()
                .orElseThrow();
    }

    TableDescription update(String request) {
        UpdateTableInput input = request(Operations.UPDATE_TABLE, request);
        return answer(new UpdateTable(tables, life, clock, keys), input)
                .tableDescription()
                .orElseThrow();
    }

    TableDescription delete(String name) {
        DeleteTableInput input = request(Operations.DELETE_TABLE, "{TableName: '" + name + "'}");
        return answer(new DeleteTable(tables, life, clock), input)
                .tableDescription()
                .orElseThrow();
    }

    TableDescription describe(String name) {
        DescribeTableInput input = request(Operations.DESCRIBE_TABLE, "{TableName: '" + name + "'}");
        return answer(new DescribeTable(tables, clock), input).table().orElseThrow();
    }

    ListTablesOutput list(String request) {
        ListTablesInput input = request(Operations.LIST_TABLES, request);
        return answer(new ListTables(tables), input);
    }

    void tag(String arn, String tags) {
        TagResourceInput input = request(Operations.TAG_RESOURCE, "{ResourceArn: '" + arn + "', Tags: " + tags + "}");
        assertThat(answer(new TagResource(tables), input)).isNotNull();
    }

    void untag(String arn, String keys) {
        UntagResourceInput input =
                request(Operations.UNTAG_RESOURCE, "{ResourceArn: '" + arn + "', TagKeys: " + keys + "}");
        assertThat(answer(new UntagResource(tables), input)).isNotNull();
    }

    Map<String, String> tags(String arn) {
        ListTagsOfResourceInput input =
                request(Operations.LIST_TAGS_OF_RESOURCE, "{ResourceArn: '" + arn + "', NextToken: 'nonsense'}");
        var tags = new LinkedHashMap<String, String>();
        answer(new ListTagsOfResource(tables), input)
                .tags()
                .orElseThrow()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    /** A description as the wire carries it. */
    static JsonNode shown(TableDescription table) {
        var bytes = new ByteArrayOutputStream();
        Operations.DESCRIBE_TABLE.write(
                DescribeTableOutput.builder().table(table).build(), bytes);
        return Client.json(bytes.toString(UTF_8)).get("Table");
    }

    private static <I, O> I request(Operation<I, O> operation, String lenient) {
        Parsed<I> parsed = operation.read(json(lenient));
        parsed.faults().raise();
        return parsed.request();
    }

    private static <I, O> O answer(Handler<I, O> handler, I input) {
        Parsed<ListTablesInput> faultless = Operations.LIST_TABLES.read(json("{}"));
        return handler.handle(input, new RequestContext(Caller.SERVER, Samples.REGION, faultless.faults()));
    }

    private static byte[] json(String lenient) {
        var bytes = new ByteArrayOutputStream();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), lenient);
                var generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            parser.nextToken();
            generator.copyCurrentStructure(parser);
        }
        return bytes.toByteArray();
    }

    /** What a call was refused with, in the form {@code CODE: text}. */
    static String refusal(Runnable call) {
        ApiException refusal = catchThrowableOfType(ApiException.class, call::run);
        assertThat(refusal).as("refused").isNotNull();
        return refusal.code() + ": " + refusal.text();
    }
}
