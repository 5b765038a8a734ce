package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.SignatureErrors;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that no client sends. Each is refused with an error for the client, and takes a bounded time. */
class HostileCredentialsTest {
    private static final int ROUNDS = 1_500;
    private static final String KEY = FixedKeys.ID + "/20260102/eu-west-1/dynamodb/aws4_request";
    private static final List<String> PIECES = List.of(
            "AWS4-HMAC-SHA256",
            " ",
            ",",
            ", ",
            "=",
            "/",
            ";",
            "&",
            "%",
            "%2F",
            "%zz",
            "+",
            "\u0000",
            "\u00ff",
            "\u0660",
            "Credential=",
            "SignedHeaders=",
            "Signature=",
            "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "X-Amz-Credential=",
            "X-Amz-Date=20260102T030405Z",
            "X-Amz-Date=",
            "X-Amz-SignedHeaders=host",
            "X-Amz-Signature=",
            "X-Amz-Expires=",
            "X-Amz-Security-Token=",
            "host",
            "host;x-amz-date",
            KEY,
            "a".repeat(64),
            "9".repeat(30));

    private final SignatureVerifier verifier =
            new SignatureVerifier(new FixedKeys(), Authentication.Rules.DEFAULT, Servers.CLOCK);

    private static Request request(String uri, Map<String, String> more) {
        var headers = new HashMap<>(Map.of("host", "localhost", "x-amz-date", "20260102T030405Z"));
        headers.putAll(more);
        Headers values = name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).stream()
                .toList();
        return new Request("ID", Peer.HERE, "POST", uri, values, Bytes.utf8("{}"));
    }

    private static Request signed(String uri, String authorization) {
        return request(uri, Map.of("authorization", authorization));
    }

    private static String jumble(Random random, int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private void requireRefused(Request request, Object what) {
        assertThatThrownBy(() -> verifier.authenticate(request, "dynamodb"))
                .as("%s", what)
                .isInstanceOf(ApiException.class);
        assertThatCode(() -> SignatureClaim.claimedKeyId(request)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aJumbledHeaderIsRefused(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            String header = "AWS4-HMAC-SHA256 " + jumble(random, 12);
            requireRefused(signed("/", header), header);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void aJumbledQueryIsRefused(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&" + jumble(random, 16);
            requireRefused(request("/?" + query, Map.of()), query);
        }
    }

    @Test
    void aWholeQueryWithJumbledValuesIsRefused() {
        var random = new Random(5);
        for (int i = 0; i < ROUNDS; i++) {
            String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + KEY
                    + "&X-Amz-Date=20260102T030405Z&X-Amz-SignedHeaders=host" + jumble(random, 3) + "&X-Amz-Signature="
                    + "a".repeat(64) + jumble(random, 3);
            requireRefused(request("/" + jumble(random, 3) + "?" + query, Map.of()), query);
        }
    }

    @Test
    void aHeaderThatIsListedAThousandTimesIsHashedOnce() {
        Map<String, String> headers = Map.of(
                "x-long",
                "x".repeat(16 << 10),
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + KEY + ", SignedHeaders=host" + ";x-long".repeat(1000) + ", Signature="
                        + "a".repeat(64));
        assertThatThrownBy(() -> verifier.authenticate(request("/", headers), "dynamodb"))
                .isInstanceOf(ApiException.class)
                .extracting(error -> ((ApiException) error).text().length())
                .satisfies(length -> assertThat((int) length).isLessThan(10 << 10));
    }

    @Test
    void aPathOrQueryOfManyPartsIsRefusedSoon() {
        String uri = "/a/..".repeat(3000) + "?" + "&a=%".repeat(4000);
        Request request =
                signed(uri, "AWS4-HMAC-SHA256 Credential=" + KEY + ", SignedHeaders=host, Signature=" + "a".repeat(64));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 20; i++) {
                requireRefused(request, uri);
            }
        });
    }

    @Test
    void aReportOfARefusalIsShort() {
        Request request = signed("/", "AWS4-X Credential=" + "k".repeat(5000) + "/a");
        var refusal = Refusals.of(SignatureErrors.malformedCredential("c".repeat(5000)), request, "dynamodb", false);
        assertThat(refusal.keyId()).hasSize(128);
        assertThat(refusal.reason()).hasSize(256);
    }
}
