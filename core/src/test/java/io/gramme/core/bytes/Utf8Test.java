package io.gramme.core.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    private static final String[] WELL_FORMED = {
        "", "a", "plain", "\0\u007f", "\u0080", "\u07ff\u0800", "caf\u00e9", "\uffff", "\ud83d\ude00", "a\udbff\udfffz"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\0\u007f\u0080\u07ff\u0800\uffff",
                "a\ud83d\ude00b",
                "\udbff\udfff",
                "\ud83d",
                "\ude00\ud83d",
                "\u00e9\ud83dx"
            })
    void aTextIsPutAsTheJdkEncodesIt(String text) {
        requirePutAsTheJdkEncodesIt(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "\u00e9", "\u20ac", "\ud83d\ude00", "\ud83d", "\ude00", "\ud83d\ud83d\ude00"})
    void aLongTextIsPutAsTheJdkEncodesItWhereverItsPartsEnd(String text) {
        for (int before = 0; before < 8; before++) {
            requirePutAsTheJdkEncodesIt("x".repeat(Utf8.PART - before) + text + "y".repeat(20));
            requirePutAsTheJdkEncodesIt("x".repeat(before) + text.repeat(Utf8.PART));
        }
    }

    private static void requirePutAsTheJdkEncodesIt(String text) {
        byte[] expected = text.getBytes(UTF_8);
        byte[] target = new byte[Utf8.length(text) + 2];
        Utf8.put(text, target, 1);
        assertThat(target).startsWith(0).endsWith(0);
        assertThat(Bytes.wrap(target).from(1)).isEqualTo(Bytes.wrap(expected).plus(Bytes.of(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aTextIsRecognizedByItsBytesAlone(int before) {
        for (String text : WELL_FORMED) {
            for (String other : WELL_FORMED) {
                byte[] content = ("x".repeat(before) + other + "y").getBytes(UTF_8);
                int length = content.length - before - 1;
                assertThat(Utf8.isEncoded(text, content, before, length)).isEqualTo(text.equals(other));
                assertThat(Utf8.isEncoded(text + "y", content, before, length)).isFalse();
                assertThat(Utf8.isEncoded(text, content, before, length + 1)).isEqualTo(text.equals(other + "y"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "\u20ac", "\ud83d\ude00"})
    void anyOtherByteIsAnotherText(String text) {
        byte[] content = text.getBytes(UTF_8);
        for (int i = 0; i < content.length; i++) {
            content[i] ^= 1;
            assertThat(Utf8.isEncoded(text, content, 0, content.length)).isFalse();
            content[i] ^= 1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00\ud83d", "a\ud83d"})
    void anUnpairedSurrogateHasNoBytes(String text) {
        byte[] replaced = text.getBytes(UTF_8);
        assertThat(Utf8.isEncoded(text, replaced, 0, replaced.length)).isFalse();
    }
}
