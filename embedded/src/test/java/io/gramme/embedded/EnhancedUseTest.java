package io.gramme.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedAsyncClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The enhanced client over both clients of an embedded Gramme. */
@Timeout(60)
class EnhancedUseTest {
    private static final TableSchema<Note> SCHEMA = StaticTableSchema.builder(Note.class)
            .newItemSupplier(Note::new)
            .addAttribute(
                    String.class,
                    id -> id.name("id")
                            .getter(note -> note.id)
                            .setter((note, value) -> note.id = value)
                            .tags(primaryPartitionKey()))
            .addAttribute(
                    String.class,
                    text -> text.name("text").getter(note -> note.text).setter((note, value) -> note.text = value))
            .build();

    private static final class Note {
        private @Nullable String id;
        private @Nullable String text;

        static Note of(String id, String text) {
            var note = new Note();
            note.id = id;
            note.text = text;
            return note;
        }
    }

    @Test
    void objectsGoInAndOut() {
        try (var gramme = EmbeddedGramme.start()) {
            var notes = DynamoDbEnhancedClient.builder()
                    .dynamoDbClient(gramme.client())
                    .build()
                    .table("notes", SCHEMA);
            notes.createTable();
            gramme.client().waiter().waitUntilTableExists(table -> table.tableName("notes"));
            notes.putItem(Note.of("a", "first"));
            assertThat(notes.getItem(Key.builder().partitionValue("a").build()).text)
                    .isEqualTo("first");
            assertThatThrownBy(() -> notes.putItem(put -> put.item(Note.of("a", "second"))
                            .conditionExpression(Expression.builder()
                                    .expression("attribute_not_exists(id)")
                                    .build())))
                    .isInstanceOf(ConditionalCheckFailedException.class);
            var sameNotes = DynamoDbEnhancedAsyncClient.builder()
                    .dynamoDbClient(gramme.asyncClient())
                    .build()
                    .table("notes", SCHEMA);
            assertThat(sameNotes
                            .deleteItem(Key.builder().partitionValue("a").build())
                            .join()
                            .text)
                    .isEqualTo("first");
            assertThat(notes.scan().items()).isEmpty();
        }
    }
}
