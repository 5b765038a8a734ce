package io.gramme.kms.aws;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.KeyUnusableException.Reason;
import io.gramme.encryption.RootKey;
import io.gramme.encryption.RootKey.Owner;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * The keys of an endpoint that speaks the protocol of AWS KMS. Calls DescribeKey, GenerateDataKey and Decrypt alone, with the
 * credentials and the region of the AWS SDK's default chains. Serves any number of threads.
 *
 * <p>Needs the libraries {@code kms} and {@code url-connection-client} of the AWS SDK, which are optional.
 */
public final class AwsKeyService implements KeyService, AutoCloseable {
    /** A request waits for it; keys in use are in memory. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    private final KmsClient client;

    /**
     * @param endpoint empty for AWS
     * @param region empty for that of the AWS SDK's default chain
     * @throws KeyServiceDownException if that finds none
     */
    public AwsKeyService(Optional<URI> endpoint, Optional<String> region) {
        var builder = KmsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(ATTEMPT_TIMEOUT)
                        .socketTimeout(ATTEMPT_TIMEOUT))
                .overrideConfiguration(
                        override -> override.apiCallTimeout(CALL_TIMEOUT).apiCallAttemptTimeout(ATTEMPT_TIMEOUT));
        endpoint.ifPresent(builder::endpointOverride);
        region.map(Region::of).ifPresent(builder::region);
        this.client = ask(builder::build);
    }

    @Override
    public RootKey describe(String keyId) {
        KeyMetadata key =
                ask(() -> client.describeKey(request -> request.keyId(keyId))).keyMetadata();
        boolean symmetric =
                key.keySpec() == KeySpec.SYMMETRIC_DEFAULT && key.keyUsage() == KeyUsageType.ENCRYPT_DECRYPT;
        return new RootKey(
                key.arn(),
                key.keyManager() == KeyManagerType.AWS ? Owner.AWS : Owner.CUSTOMER,
                key.keyState() == KeyState.ENABLED,
                symmetric);
    }

    @Override
    public GeneratedKey generate(String arn, Map<String, String> context) {
        var made = ask(() -> client.generateDataKey(
                request -> request.keyId(arn).keySpec(DataKeySpec.AES_256).encryptionContext(context)));
        return new GeneratedKey(bytes(made.plaintext()), bytes(made.ciphertextBlob()));
    }

    @Override
    public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
        var opened = ask(() -> client.decrypt(request -> request.keyId(arn)
                .ciphertextBlob(SdkBytes.fromByteArray(wrapped.toArray()))
                .encryptionContext(context)));
        return bytes(opened.plaintext());
    }

    private static Bytes bytes(SdkBytes given) {
        return Bytes.wrap(given.asByteArray());
    }

    private static <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            throw refusal(e);
        } catch (SdkException e) {
            throw new KeyServiceDownException("The key service does not answer: " + e.getMessage(), e);
        }
    }

    private static RuntimeException refusal(AwsServiceException error) {
        var details = error.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String message = details == null || details.errorMessage() == null ? code : details.errorMessage();
        return switch (code) {
            case "DisabledException" -> new KeyUnusableException(Reason.DISABLED, message);
            case "KMSInvalidStateException" -> new KeyUnusableException(Reason.INVALID_STATE, message);
            case "NotFoundException", "InvalidArnException" -> new KeyUnusableException(Reason.NOT_FOUND, message);
            case "AccessDeniedException", "InvalidKeyUsageException", "InvalidGrantTokenException" ->
                new KeyUnusableException(Reason.ACCESS_DENIED, message);
            case "InvalidCiphertextException", "IncorrectKeyException" ->
                new KeyUnusableException(Reason.INVALID_CIPHERTEXT, message);
            // Of these it is not known that they last: credentials of the server, throttling, faults of the service.
            default -> new KeyServiceDownException("The key service failed: " + code + ": " + message, error);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
