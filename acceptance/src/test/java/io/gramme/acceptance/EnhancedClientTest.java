package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** Java objects in and out of tables, by the SDK's enhanced client. */
@Timeout(60)
class EnhancedClientTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    private static final DynamoDbEnhancedClient CLIENT =
            DynamoDbEnhancedClient.builder().dynamoDbClient(GRAMME.client).build();
    private static final DynamoDbTable<Message> MESSAGES =
            CLIENT.table("messages", TableSchema.fromBean(Message.class));

    /** A bean, as the enhanced client wants them. */
    @DynamoDbBean
    public static final class Message {
        private @Nullable String thread;
        private @Nullable Instant at;
        private @Nullable String author;
        private @Nullable Set<String> labels;
        private @Nullable Long version;

        static Message of(String thread, int hour, String author) {
            var message = new Message();
            message.setThread(thread);
            message.setAt(DAY.plusSeconds(3600L * hour));
            message.setAuthor(author);
            return message;
        }

        @DynamoDbPartitionKey
        public @Nullable String getThread() {
            return thread;
        }

        public void setThread(@Nullable String thread) {
            this.thread = thread;
        }

        @DynamoDbSortKey
        @DynamoDbSecondarySortKey(indexNames = "by-author")
        public @Nullable Instant getAt() {
            return at;
        }

        public void setAt(@Nullable Instant at) {
            this.at = at;
        }

        @DynamoDbSecondaryPartitionKey(indexNames = "by-author")
        public @Nullable String getAuthor() {
            return author;
        }

        public void setAuthor(@Nullable String author) {
            this.author = author;
        }

        public @Nullable Set<String> getLabels() {
            return labels;
        }

        public void setLabels(@Nullable Set<String> labels) {
            this.labels = labels;
        }

        @DynamoDbVersionAttribute
        public @Nullable Long getVersion() {
            return version;
        }

        public void setVersion(@Nullable Long version) {
            this.version = version;
        }
    }

    @BeforeAll
    static void makeTable() {
        MESSAGES.createTable(request -> request.globalSecondaryIndices(
                index -> index.indexName("by-author").projection(all -> all.projectionType(ProjectionType.ALL))));
        GRAMME.client.waiter().waitUntilTableExists(request -> request.tableName("messages"));
    }

    private static Key key(Message message) {
        return MESSAGES.keyFrom(message);
    }

    private static Message stored(Message message) {
        return Objects.requireNonNull(
                MESSAGES.getItem(request -> request.key(key(message)).consistentRead(true)));
    }

    @Test
    void anObjectIsPutReadUpdatedAndDeleted() {
        Message message = Message.of("life", 0, "ada");
        message.setLabels(Set.of("new", "short"));
        MESSAGES.putItem(message);
        Message read = stored(message);
        assertThat(read.getLabels()).containsExactlyInAnyOrder("new", "short");
        assertThat(read.getAt()).isEqualTo(DAY);

        read.setLabels(null);
        assertThat(MESSAGES.updateItem(read).getLabels()).isNull();
        assertThat(Objects.requireNonNull(MESSAGES.deleteItem(key(message))).getAuthor())
                .isEqualTo("ada");
        assertThat(MESSAGES.getItem(key(message))).isNull();
    }

    @Test
    void anOldVersionIsRefused() {
        MESSAGES.putItem(Message.of("versions", 0, "ada"));
        Message first = stored(Message.of("versions", 0, "ada"));
        Message second = stored(first);
        first.setAuthor("bob");
        Message updated = MESSAGES.updateItem(first);
        assertThat(Objects.requireNonNull(updated.getVersion()))
                .isEqualTo(Objects.requireNonNull(second.getVersion()) + 1);
        second.setAuthor("eve");
        assertThatThrownBy(() -> MESSAGES.updateItem(second)).isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(stored(first).getAuthor()).isEqualTo("bob");
    }

    @Test
    void aConditionGuardsAPut() {
        Message message = Message.of("guarded", 0, "ada");
        MESSAGES.putItem(message);
        var absent =
                Expression.builder().expression("attribute_not_exists(thread)").build();
        assertThatThrownBy(() -> MESSAGES.putItem(
                        request -> request.item(stored(message)).conditionExpression(absent)))
                .isInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void objectsAreQueriedInTheTableAndThroughTheIndex() {
        IntStream.range(0, 20)
                .forEach(hour -> MESSAGES.putItem(Message.of("talk", hour, hour % 2 == 0 ? "even" : "odd")));
        var morning = QueryConditional.sortBetween(
                from -> from.partitionValue("talk").sortValue(DAY.toString()),
                to -> to.partitionValue("talk")
                        .sortValue(DAY.plusSeconds(3600 * 6).toString()));
        assertThat(MESSAGES.query(request -> request.queryConditional(morning).limit(3))
                        .items())
                .extracting(Message::getAuthor)
                .containsExactly("even", "odd", "even", "odd", "even", "odd", "even");
        var odd = QueryConditional.keyEqualTo(author -> author.partitionValue("odd"));
        var filter = Expression.builder()
                .expression("thread = :t")
                .putExpressionValue(":t", AttributeValue.fromS("talk"))
                .build();
        assertThat(MESSAGES
                        .index("by-author")
                        .query(request -> request.queryConditional(odd)
                                .filterExpression(filter)
                                .scanIndexForward(false))
                        .stream()
                        .flatMap(page -> page.items().stream())
                        .map(Message::getAt))
                .hasSize(10)
                .startsWith(DAY.plusSeconds(3600 * 19));
    }

    /** Mapped by a schema in code, without annotations. */
    static final class Counter {
        private String name = "";
        private long hits;

        String name() {
            return name;
        }

        void name(String newName) {
            name = newName;
        }

        long hits() {
            return hits;
        }

        void hits(long newHits) {
            hits = newHits;
        }
    }

    private static DynamoDbTable<Counter> counters(String table) {
        DynamoDbTable<Counter> counters = CLIENT.table(
                table,
                StaticTableSchema.builder(Counter.class)
                        .newItemSupplier(Counter::new)
                        .addAttribute(
                                String.class,
                                name -> name.name("name")
                                        .getter(Counter::name)
                                        .setter(Counter::name)
                                        .tags(StaticAttributeTags.primaryPartitionKey()))
                        .addAttribute(
                                Long.class,
                                hits -> hits.name("hits").getter(Counter::hits).setter(Counter::hits))
                        .build());
        counters.createTable();
        GRAMME.client.waiter().waitUntilTableExists(request -> request.tableName(table));
        return counters;
    }

    private static Counter counter(String name, long hits) {
        var counter = new Counter();
        counter.name(name);
        counter.hits(hits);
        return counter;
    }

    @Test
    void aSchemaInCodeWorksAsWell() {
        DynamoDbTable<Counter> counters = counters("counters");
        counters.putItem(counter("visits", 41));
        counters.updateItem(counter("visits", 42));
        assertThat(counters.scan().items())
                .singleElement()
                .extracting(Counter::hits)
                .isEqualTo(42L);
        counters.deleteTable();
    }

    @Test
    void batchesMoveManyObjects() {
        DynamoDbTable<Counter> counters = counters("batches");
        List<Counter> many =
                IntStream.range(0, 25).mapToObj(i -> counter("c" + i, i)).toList();
        var puts = WriteBatch.builder(Counter.class).mappedTableResource(counters);
        many.forEach(puts::addPutItem);
        var written = CLIENT.batchWriteItem(BatchWriteItemEnhancedRequest.builder()
                .writeBatches(puts.build())
                .build());
        assertThat(written.unprocessedPutItemsForTable(counters)).isEmpty();
        var gets = ReadBatch.builder(Counter.class).mappedTableResource(counters);
        many.forEach(gets::addGetItem);
        assertThat(CLIENT.batchGetItem(BatchGetItemEnhancedRequest.builder()
                                .readBatches(gets.build())
                                .build())
                        .resultsForTable(counters))
                .extracting(Counter::hits)
                .containsExactlyInAnyOrderElementsOf(
                        many.stream().map(Counter::hits).toList());
    }
}
