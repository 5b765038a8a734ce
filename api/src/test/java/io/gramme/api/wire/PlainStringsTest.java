package io.gramme.api.wire;

import static io.gramme.api.wire.OperationTest.refused;
import static io.gramme.api.wire.OperationTest.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings of a long body are read from its bytes, and those of a short one by the parser: both must be the same. */
class PlainStringsTest {
    private static final String LONG = "x".repeat(20_000);

    private static Item item(byte[] body) {
        return Operations.PUT_ITEM.read(body).request().item();
    }

    private static byte[] body(String text, String filling) {
        return utf8("{\"Item\" : { \"first\":{\"S\": \"%s\"}, \"filling\":{\"S\":\"%s\"},\"n\": {\"N\" :\"12.50\"},"
                        .formatted(text, filling)
                + "\"set\":{\"SS\":[\"b\" ,\n\"%s!\"]},\"b\":{\"B\":\"YWJj\"},\"last\":{\"S\":\"%s\"}},\"TableName\":\"Music\"}"
                        .formatted(text, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\u007f caf\u00e9 \u20ac \ud83d\ude00",
                "\\n",
                "\\\"quoted\\\" \\\\",
                "\\u00e9 \\ud83d\\ude00",
                "an end of \\\\",
                "{}[],:'"
            })
    void aStringIsTheSameInALongBodyAsInAShortOne(String text) {
        Item inShort = item(body(text, ""));
        Item inLong = item(body(text, LONG));
        assertThat(inLong).isEqualTo(inShort.with(Item.of("filling", new Value.S(LONG))));
    }

    @Test
    void theStringsOfALongBodyAreThoseOfTheItem() {
        Map<String, Value> attributes = item(body("caf\u00e9", LONG)).attributes();
        assertThat(attributes)
                .containsEntry("first", new Value.S("caf\u00e9"))
                .containsEntry("last", new Value.S("caf\u00e9"))
                .containsEntry("filling", new Value.S(LONG))
                .containsEntry("set", new Value.SS(List.of("b", "caf\u00e9!")))
                .containsEntry("b", new Value.B(Bytes.utf8("abc")));
    }

    @Test
    void aBodyMayBeginWithAnOrderMark() {
        byte[] body = body("a", LONG);
        byte[] marked = new byte[body.length + 3];
        System.arraycopy(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, 0, marked, 0, 3);
        System.arraycopy(body, 0, marked, 3, body.length);
        assertThat(item(marked)).isEqualTo(item(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\n", "\\x", "\\u12"})
    void aStringThatIsNotJsonIsRefusedInALongBody(String text) {
        assertThat(refused(Operations.PUT_ITEM, new String(body(text, LONG), UTF_8))
                        .code())
                .isEqualTo(ErrorCode.SERIALIZATION);
    }

    @Test
    void aLongBodyThatEndsInAStringIsRefused() {
        byte[] body = body("a", LONG);
        byte[] cut = Arrays.copyOf(body, 10_000);
        assertThat(refused(Operations.PUT_ITEM, new String(cut, UTF_8)).code()).isEqualTo(ErrorCode.SERIALIZATION);
    }
}
