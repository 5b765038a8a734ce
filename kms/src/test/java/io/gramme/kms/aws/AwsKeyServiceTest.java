package io.gramme.kms.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.KeyUnusableException.Reason;
import io.gramme.encryption.RootKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls of a KMS, against a server that gives prepared answers. */
class AwsKeyServiceTest {
    private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final Map<String, String> CONTEXT = Map.of("aws:dynamodb:tableName", "orders");

    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private AwsKeyService keys;
    private volatile int status = 200;
    private volatile String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        // The default chain of credentials reads these first.
        System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        System.setProperty("aws.secretAccessKey", "secret");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        keys = new AwsKeyService(Optional.of(address), Optional.of("eu-west-1"));
    }

    @AfterEach
    void stop() {
        keys.close();
        server.stop(0);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void aKeyIsDescribedByItsArn() {
        answer = "{\"KeyMetadata\": {\"Arn\": \"" + ARN + "\", \"KeyId\": \"1\", \"KeyManager\": \"CUSTOMER\", "
                + "\"KeyState\": \"Enabled\", \"KeySpec\": \"SYMMETRIC_DEFAULT\", \"KeyUsage\": \"ENCRYPT_DECRYPT\"}}";
        assertThat(keys.describe("alias/ours")).isEqualTo(new RootKey(ARN, RootKey.Owner.CUSTOMER, true, true));
        assertThat(requests).containsExactly("TrentService.DescribeKey {\"KeyId\":\"alias/ours\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "PendingDeletion, SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT, false, true",
        "Enabled, RSA_2048, ENCRYPT_DECRYPT, true, false",
        "Enabled, HMAC_256, GENERATE_VERIFY_MAC, true, false"
    })
    void itsStateAndItsKindAreKnown(String state, String spec, String usage, boolean enabled, boolean symmetric) {
        answer = "{\"KeyMetadata\": {\"Arn\": \"" + ARN
                + "\", \"KeyId\": \"1\", \"KeyManager\": \"AWS\", \"KeyState\": \"" + state + "\", \"KeySpec\": \""
                + spec + "\", \"KeyUsage\": \"" + usage + "\"}}";
        assertThat(keys.describe(ARN)).isEqualTo(new RootKey(ARN, RootKey.Owner.AWS, enabled, symmetric));
    }

    @Test
    void aKeyIsMadeAndOpenedInItsContext() {
        answer = "{\"KeyId\": \"" + ARN + "\", \"Plaintext\": \"" + base64("clear") + "\", \"CiphertextBlob\": \""
                + base64("wrapped") + "\"}";
        var made = keys.generate(ARN, CONTEXT);
        assertThat(made.key()).isEqualTo(Bytes.utf8("clear"));
        assertThat(made.wrapped()).isEqualTo(Bytes.utf8("wrapped"));
        assertThat(keys.unwrap(ARN, made.wrapped(), CONTEXT)).isEqualTo(Bytes.utf8("clear"));
        assertThat(requests.getFirst())
                .startsWith("TrentService.GenerateDataKey ")
                .contains("\"aws:dynamodb:tableName\":\"orders\"", "AES_256", ARN);
        assertThat(requests.getLast())
                .startsWith("TrentService.Decrypt ")
                .contains("\"aws:dynamodb:tableName\":\"orders\"", base64("wrapped"), ARN);
    }

    @ParameterizedTest
    @CsvSource({
        "DisabledException, DISABLED",
        "KMSInvalidStateException, INVALID_STATE",
        "NotFoundException, NOT_FOUND",
        "AccessDeniedException, ACCESS_DENIED",
        "InvalidCiphertextException, INVALID_CIPHERTEXT",
        "IncorrectKeyException, INVALID_CIPHERTEXT"
    })
    void aRefusalOfTheKeyIsToldFromAFault(String code, Reason reason) {
        status = 400;
        answer = "{\"__type\": \"" + code + "\", \"message\": \"said why\"}";
        assertThatThrownBy(() -> keys.unwrap(ARN, Bytes.utf8("wrapped"), CONTEXT))
                .isInstanceOfSatisfying(KeyUnusableException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal).hasMessage("said why");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException",
        "400, ExpiredTokenException",
        "500, KMSInternalException",
        "500, KeyUnavailableException",
        "503, DependencyTimeoutException"
    })
    void aFaultOfTheServiceSaysNothingOfTheKey(int code, String error) {
        status = code;
        answer = "{\"__type\": \"" + error + "\", \"message\": \"later\"}";
        assertThatThrownBy(() -> keys.unwrap(ARN, Bytes.utf8("wrapped"), CONTEXT))
                .isInstanceOf(KeyServiceDownException.class)
                .hasMessageContaining(error);
    }

    @Test
    void aServiceThatIsNotThereIsDown() {
        server.stop(0);
        assertThatThrownBy(() -> keys.describe(ARN)).isInstanceOf(KeyServiceDownException.class);
    }
}
