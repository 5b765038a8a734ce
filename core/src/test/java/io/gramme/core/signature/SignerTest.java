package io.gramme.core.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");

    private static String authorization(Map<String, String> more) {
        var headers = new HashMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", SigningTime.format(NOW)));
        headers.putAll(more);
        return new Signer("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service")
                .authorizationOfPost(headers, new byte[0], NOW);
    }

    /** The example of a POST without a body that AWS publishes for those who write signers. */
    @Test
    void aRequestIsSignedAsAwsShowsIt() {
        assertThat(authorization(Map.of()))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=host;x-amz-date,"
                        + " Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void everyHeaderIsSigned() {
        assertThat(authorization(Map.of("x-amz-target", "A")))
                .contains("SignedHeaders=host;x-amz-date;x-amz-target,")
                .isNotEqualTo(authorization(Map.of("x-amz-target", "B")));
    }
}
