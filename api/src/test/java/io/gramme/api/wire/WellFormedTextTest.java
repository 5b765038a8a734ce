package io.gramme.api.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTextTest {
    /** With so much before it and after it that every place in eight bytes is tried. */
    private static boolean isWellFormed(byte[] text) {
        boolean first = WellFormedText.is(text);
        for (int before = 0; before < 9; before++) {
            var padded = ByteBuffer.allocate(before + text.length + 9);
            padded.put("x".repeat(before).getBytes(UTF_8)).put(text).put("yyyyyyyyy".getBytes(UTF_8));
            assertThat(WellFormedText.is(padded.array())).isEqualTo(first);
        }
        return first;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "abcdefghijklmnopqrstuvwxyz",
                "\u00e9\u0800\uffff",
                "\ud83d\ude00 \udbff\udfff",
                "\\ud83d\\ude00",
                "\\uD83D\\uDE00\\u0041",
                "\\u00e9 \\ue000 \\n \\\"",
                "\\\\ud83d",
                "\\\\\\\\udc00",
                "\\uzzzz \\u12"
            })
    void textInUnicodeIsWellFormed(String text) {
        assertThat(isWellFormed(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud83d",
                "\\udc00",
                "\\uDC00\\uD83D",
                "\\ud83d\\ud83d",
                "\\ud83dx\\ude00",
                "\\ud83d\\\\ude00",
                "\\ud83d\\n",
                "\\ud83d\\u0041",
                "\\\\\\ud83d",
                "\\ud83d\\ude00\\ude00"
            })
    void anEscapeOfHalfAPairIsNot(String text) {
        assertThat(isWellFormed(text.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c080",
                "c1bf",
                "c2",
                "c27f",
                "c2c2",
                "e08080",
                "e09fbf",
                "e180",
                "e18041",
                "eda080",
                "edbfbf",
                "eda0bdedb880",
                "f0808080",
                "f08fbfbf",
                "f0908080ff",
                "f4908080",
                "f5808080",
                "f8888080",
                "fe",
                "ff",
                "feff"
            })
    void bytesThatAreNoUtf8AreNot(String hex) {
        assertThat(isWellFormed(HexFormat.of().parseHex(hex))).isFalse();
    }

    @Test
    void otherEncodingsAreNot() {
        String body = "{\"TableName\": \"t\"}";
        for (Charset charset : List.of(UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"))) {
            assertThat(WellFormedText.is(body.getBytes(charset))).isFalse();
        }
        assertThat(WellFormedText.is("\u00e9 ".getBytes(ISO_8859_1))).isFalse();
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    /** Bytes of few kinds, so that many of them are well-formed. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theJdkSaysTheSameOfRandomBytes(long seed) {
        var random = new Random(seed);
        byte[] kinds = HexFormat.of().parseHex("4161808f909fa0bfc2c3dfe0e1edeeeff0f1f3f4");
        for (int i = 0; i < 20_000; i++) {
            byte[] text = new byte[random.nextInt(12)];
            for (int at = 0; at < text.length; at++) {
                text[at] = kinds[random.nextInt(kinds.length)];
            }
            assertThat(WellFormedText.is(text))
                    .as(HexFormat.of().formatHex(text))
                    .isEqualTo(decodes(text));
        }
    }

    private static boolean decodes(byte[] text) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
