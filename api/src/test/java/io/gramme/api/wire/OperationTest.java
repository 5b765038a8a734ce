package io.gramme.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.api.Operations;
import io.gramme.api.PutItemOutput;
import io.gramme.core.error.ApiException;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationTest {
    @Test
    void aRequestIsReadIntoItsRecord() {
        var parsed = Operations.PUT_ITEM.read(utf8("""
                {"TableName": "ttt", "Unknown": [{"x": 1}], "ConditionExpression": null,
                 "Item": {"id": {"S": "a"}, "n": {"N": "1.50"}}}
                """));

        assertThat(parsed.faults().isEmpty()).isTrue();
        assertThat(parsed.request().tableName()).isEqualTo("ttt");
        assertThat(parsed.request().conditionExpression()).isEmpty();
        assertThat(parsed.request().item())
                .isEqualTo(Item.of(Map.of("id", new Value.S("a"), "n", new Value.N(Decimal.parse("1.5")))));
    }

    @Test
    void anOutputWithoutMembersIsAnEmptyObject() {
        assertThat(written(Operations.PUT_ITEM, PutItemOutput.builder().build()))
                .isEqualTo("{}");
    }

    @Test
    void anOperationThatAnswersNothingWritesAnEmptyBody() {
        assertThat(written(Operations.TAG_RESOURCE, new Unit())).isEmpty();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ApiException refused(Operation<?, ?> operation, byte[] body) {
        return catchThrowableOfType(ApiException.class, () -> operation.read(body));
    }

    static ApiException refused(Operation<?, ?> operation, String body) {
        return refused(operation, utf8(body));
    }

    static <O> String written(Operation<?, O> operation, O output) {
        var sink = new ByteArrayOutputStream();
        operation.write(output, sink);
        return sink.toString(StandardCharsets.UTF_8);
    }
}
