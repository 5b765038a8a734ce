package io.gramme.core.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturePartsTest {

    @ParameterizedTest
    @CsvSource({
        "'', /",
        "/, /",
        "/a%2Fb, /a%252Fb",
        "/a/./b//c/, /a/b/c/",
        "/a/../../b, /b",
        "/a/.., /",
        "/.a/..b, /.a/..b",
        "a/../b, a%2F..%2Fb",
        "*, %2A"
    })
    void aPathIsNormalizedAndEncoded(String path, String canonical) {
        assertThat(CanonicalPath.of(path)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "b=2&a=1, a=1&b=2",
        "a=2&a=1, a=1&a=2",
        "a, a=",
        "&&a=1&, a=1",
        "=1, =1",
        "a=b=c, a=b%3Dc",
        "a=%zz&b=%4, a=%25zz&b=%254",
        "a=1+2%2b, a=1%2B2%2B",
        // By the names after encoding: % comes before letters.
        "z=1&%C3%A9=2, %C3%A9=2&z=1",
        // By the name before the value, so not by the whole: = comes after -.
        "a-=1&a=2, a=2&a-=1",
        "X-Amz-Signature=1&a=1&X%2DAmz-Signature=2, a=1"
    })
    void aQueryIsSortedAndEncodedAgain(String query, String canonical) {
        assertThat(CanonicalQuery.of(query, Set.of(CanonicalQuery.SIGNATURE))).isEqualTo(canonical);
    }

    @Test
    void headersAreJoinedAndTrimmed() {
        var text = new StringBuilder();
        SignedHeaders.parse("b;A;b;absent")
                .write(
                        name -> switch (name) {
                            case "a" -> List.of(" \t x \t  y ", "", "z");
                            case "b" -> List.of("   ");
                            default -> List.of();
                        },
                        text);
        assertThat(text.toString()).isEqualTo("a:x y,,z\nb:\n");
    }

    @Test
    void aHeaderThatIsListedTwiceIsSignedOnce() {
        assertThat(SignedHeaders.parse("host;x;Host;a").list()).isEqualTo("a;host;x");
    }

    @Test
    void aTimeIsReadAsItIsWritten() {
        Instant leap = Instant.parse("2024-02-29T23:59:59Z");
        assertThat(SigningTime.format(leap)).isEqualTo("20240229T235959Z");
        assertThat(SigningTime.parse("20240229T235959Z")).contains(leap);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20230229T000000Z",
                "20240101T240000Z",
                "20240101T000000",
                "20240101 000000Z",
                "2024-101T000000Z",
                "20240101T00000\u0660Z",
                "2024-01-01T00:00:00Z",
                "20240101T000000z"
            })
    void otherTimesAreNone(String text) {
        assertThat(SigningTime.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", " ", "A", "g"})
    void aSignatureHasSixtyFourDigits(String end) {
        var scope = new SigningScope("20240101", "us-east-1", "dynamodb");
        SigningKey key = SigningKey.derive("secret", scope);
        String right = key.signature("text");
        assertThat(key.verifies("text", right)).isTrue();
        assertThat(key.verifies("text", right.substring(0, 63) + end)).isFalse();
    }

    @Test
    void aKeyIsGoodForOneScope() {
        var scope = new SigningScope("20240101", "us-east-1", "dynamodb");
        String signature = SigningKey.derive("secret", scope).signature("text");
        assertThat(List.of(
                        SigningKey.derive("secret", new SigningScope("20240102", "us-east-1", "dynamodb")),
                        SigningKey.derive("secret", new SigningScope("20240101", "us-east-2", "dynamodb")),
                        SigningKey.derive("secret", new SigningScope("20240101", "us-east-1", "sts")),
                        SigningKey.derive("Secret", scope)))
                .noneMatch(key -> key.verifies("text", signature));
    }

    @Test
    void textsOfTheWireHaveOneCharacterForEachByte() {
        assertThat(WireText.of("h\u00e9")).isEqualTo("h\u00c3\u00a9");
        assertThat(WireText.shown("h\u00c3\u00a9")).isEqualTo("h\u00e9");
        assertThat(WireText.decoded("%C3%a9%%2")).isEqualTo("\u00c3\u00a9%%2");
    }
}
