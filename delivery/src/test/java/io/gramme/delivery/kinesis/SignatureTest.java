package io.gramme.delivery.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.delivery.kinesis.KinesisOptions.Credentials;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /** The example of a POST without a body that AWS publishes for those who write signers. */
    @Test
    void aRequestIsSignedAsAwsShowsIt() {
        var credentials = new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "");
        Instant now = Instant.parse("2015-08-30T12:36:00Z");
        var headers = new TreeMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", Signature.time(now)));
        assertThat(new Signature(credentials, "us-east-1", "service").authorization(headers, new byte[0], now))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=host;x-amz-date,"
                        + " Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }
}
