package io.gramme.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.identity.AccessKeys;
import io.gramme.core.identity.Principal;
import io.gramme.http.Authentication;
import io.gramme.http.Call;
import io.gramme.http.Endpoint;
import io.gramme.http.HttpOptions;
import io.gramme.http.InProcessTransport;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** The signatures of the SDK, as a server in this JVM verifies them. */
class SignedClientTest {
    private static final String TOKEN = "token+/==";

    private final List<Authentication.Refusal> refusals = Collections.synchronizedList(new ArrayList<>());

    private final Endpoint endpoint = new Endpoint() {
        @Override
        public byte[] answer(Call call) {
            return ("{\"TableNames\":[\"" + call.caller().account() + "\"]}").getBytes(UTF_8);
        }

        @Override
        public Authentication authentication() {
            AccessKeys keys = (id, token) -> token.equals(Optional.of(TOKEN)) || id.startsWith("AKIA")
                    ? new AccessKeys.Found.Key("secret/+", Principal.root("111122223333"))
                    : new AccessKeys.Found.Unknown();
            return new Authentication(
                    Authentication.Mode.ENFORCE,
                    keys,
                    _ -> Optional.empty(),
                    Authentication.Rules.DEFAULT,
                    InstantSource.system(),
                    refusals::add);
        }
    };

    private List<String> tables(AwsCredentials credentials) {
        try (var door = new InProcessTransport(endpoint, HttpOptions.at("localhost", 0), new SplittableRandom(1));
                var client = DynamoDbClient.builder()
                        .endpointOverride(URI.create("http://gramme.invalid"))
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(credentials))
                        .httpClient(new DirectHttpClient(new Door(door)))
                        .overrideConfiguration(configuration -> configuration
                                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                                .putHeader("X-Note", "  h\u00e9  \u20ac "))
                        .build()) {
            return client.listTables().tableNames();
        }
    }

    @Test
    void aSignatureOfTheSdkIsVerified() {
        assertThat(tables(AwsBasicCredentials.create("AKIA", "secret/+"))).containsExactly("111122223333");
        assertThat(tables(AwsSessionCredentials.create("ASIA", "secret/+", TOKEN)))
                .containsExactly("111122223333");
        assertThat(refusals).isEmpty();
    }

    @Test
    void anotherSecretIsRefused() {
        assertThatThrownBy(() -> tables(AwsBasicCredentials.create("AKIA", "other")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageStartingWith("The request signature we calculated does not match");
        assertThat(refusals).hasSize(1);
    }
}
