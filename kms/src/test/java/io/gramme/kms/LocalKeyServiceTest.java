package io.gramme.kms;

import static io.gramme.kms.Service.ARN;
import static io.gramme.kms.Service.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService.GeneratedKey;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.KeyUnusableException.Reason;
import io.gramme.encryption.RootKey;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The keys of this server as the roots of tables' keys. */
class LocalKeyServiceTest {
    private static final Map<String, String> CONTEXT =
            Map.of("aws:dynamodb:tableName", "t", "aws:dynamodb:subscriberId", "1");

    private final Service service = Service.inMemory();
    private final LocalKeyService keys = new LocalKeyService(service.keys);
    private final String arn = ARN + "key/" + service.key();

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThat(catchThrowableOfType(KeyUnusableException.class, call).reason())
                .isEqualTo(reason);
    }

    @Test
    void aGeneratedKeyIsUnwrappedInItsContextAlone() {
        GeneratedKey made = keys.generate(arn, CONTEXT);
        assertThat(made.key().length()).isEqualTo(32);
        assertThat(keys.unwrap(arn, made.wrapped(), CONTEXT)).isEqualTo(made.key());
        refused(Reason.INVALID_CIPHERTEXT, () -> keys.unwrap(arn, made.wrapped(), Map.of()));
        refused(Reason.INVALID_CIPHERTEXT, () -> keys.unwrap(arn, Bytes.of(1), CONTEXT));
        String other = ARN + "key/" + service.key();
        refused(Reason.INVALID_CIPHERTEXT, () -> keys.unwrap(other, made.wrapped(), CONTEXT));
    }

    @Test
    void decryptOfTheServiceReadsAWrappedKey() {
        GeneratedKey made = keys.generate(arn, CONTEXT);
        var opened = service.call("Decrypt", "CiphertextBlob", made.wrapped().toArray(), "EncryptionContext", CONTEXT);
        assertThat(Bytes.wrap(Service.bytes(opened, "Plaintext"))).isEqualTo(made.key());
    }

    @Test
    void eachStateOfAKeyIsItsReason() {
        GeneratedKey made = keys.generate(arn, CONTEXT);
        service.call("DisableKey", "KeyId", arn);
        refused(Reason.DISABLED, () -> keys.generate(arn, CONTEXT));
        refused(Reason.DISABLED, () -> keys.unwrap(arn, made.wrapped(), CONTEXT));
        assertThat(keys.describe(arn).enabled()).isFalse();
        service.call("ScheduleKeyDeletion", "KeyId", arn, "PendingWindowInDays", 7);
        refused(Reason.INVALID_STATE, () -> keys.unwrap(arn, made.wrapped(), CONTEXT));
        service.clock.advance(Duration.ofDays(7));
        refused(Reason.NOT_FOUND, () -> keys.unwrap(arn, made.wrapped(), CONTEXT));
        refused(Reason.NOT_FOUND, () -> keys.describe(arn));
    }

    @Test
    void aKeyIsDescribedByItsOwnArn() {
        service.call("CreateAlias", "AliasName", "alias/app", "TargetKeyId", arn);
        assertThat(keys.describe(ARN + "alias/app")).isEqualTo(new RootKey(arn, RootKey.Owner.CUSTOMER, true, true));
        String pair = service.key("KeySpec", "ECC_NIST_P256", "KeyUsage", "SIGN_VERIFY");
        assertThat(keys.describe(ARN + "key/" + pair).symmetric()).isFalse();
        refused(Reason.INVALID_STATE, () -> keys.generate(ARN + "key/" + pair, CONTEXT));
        refused(Reason.NOT_FOUND, () -> keys.describe(ARN + "alias/none"));
        refused(Reason.NOT_FOUND, () -> keys.describe("alias/app"));
        refused(Reason.NOT_FOUND, () -> keys.describe("nonsense"));
    }

    @Test
    void theManagedKeyIsMadeAtItsFirstUse() {
        RootKey managed = keys.describe(ARN + "alias/aws/dynamodb");
        assertThat(managed.owner()).isEqualTo(RootKey.Owner.AWS);
        assertThat(keys.describe(ARN + "alias/aws/dynamodb")).isEqualTo(managed);
        GeneratedKey made = keys.generate(managed.arn(), CONTEXT);
        assertThat(keys.unwrap(managed.arn(), made.wrapped(), CONTEXT)).isEqualTo(made.key());
        assertThat(text(service.call("DescribeKey", "KeyId", managed.arn()), "KeyMetadata", "KeyManager"))
                .isEqualTo("AWS");
    }
}
