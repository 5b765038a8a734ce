package io.gramme.kms;

import static io.gramme.kms.Service.ARN;
import static io.gramme.kms.Service.at;
import static io.gramme.kms.Service.text;
import static io.gramme.kms.Service.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.kms.key.KeySweep;
import io.gramme.tables.table.AccountRegion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of keys in time, and what several servers see of it. */
class KeyStatesTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String INACCESSIBLE =
            "AccessDeniedException: The ciphertext refers to a customer master key that"
                    + " does not exist, does not exist in this region, or you are not allowed to access.";

    private final Service service = Service.inMemory();
    private final KeySweep sweep = new KeySweep(service.keys);

    private String state(String key) {
        return text(service.call("DescribeKey", "KeyId", key), "KeyMetadata", "KeyState");
    }

    @Test
    void aDisabledKeyDoesNothingUntilItIsEnabled() {
        String id = service.key();
        byte[] blob = service.encrypt(id, "hello", NONE);
        service.call("DisableKey", "KeyId", id);
        String disabled = "DisabledException: " + ARN + "key/" + id + " is disabled.";
        assertThat(state(id)).isEqualTo("Disabled");
        assertThat(service.error("Decrypt", "CiphertextBlob", blob)).isEqualTo(disabled);
        assertThat(service.error("Encrypt", "KeyId", id, "Plaintext", new byte[1]))
                .isEqualTo(disabled);
        assertThat(service.error("EnableKeyRotation", "KeyId", id)).isEqualTo(disabled);
        service.call("EnableKey", "KeyId", id);
        assertThat(service.decrypt(blob, NONE)).isEqualTo("hello");
    }

    @Test
    void aKeyThatIsPendingDeletionDoesNothingUntilThatIsCancelled() {
        String id = service.key();
        byte[] blob = service.encrypt(id, "hello", NONE);
        assertThat(service.error("CancelKeyDeletion", "KeyId", id))
                .isEqualTo("KMSInvalidStateException: " + ARN + "key/" + id + " is not pending deletion.");
        service.call("ScheduleKeyDeletion", "KeyId", id, "PendingWindowInDays", 7);
        String pending = "KMSInvalidStateException: " + ARN + "key/" + id + " is pending deletion.";
        assertThat(state(id)).isEqualTo("PendingDeletion");
        assertThat(service.error("Decrypt", "CiphertextBlob", blob)).isEqualTo(pending);
        assertThat(service.error("EnableKey", "KeyId", id)).isEqualTo(pending);
        assertThat(service.error("ScheduleKeyDeletion", "KeyId", id)).isEqualTo(pending);
        assertThat(service.error("CreateAlias", "AliasName", "alias/x", "TargetKeyId", id))
                .isEqualTo(pending);
        service.clock.advance(Duration.ofDays(6));
        sweep.run();
        service.call("CancelKeyDeletion", "KeyId", id);
        assertThat(state(id)).isEqualTo("Disabled");
        service.call("EnableKey", "KeyId", id);
        assertThat(service.decrypt(blob, NONE)).isEqualTo("hello");
        assertThat(service.error("ScheduleKeyDeletion", "KeyId", id, "PendingWindowInDays", 6))
                .startsWith("ValidationException: ");
    }

    @Test
    void aKeyIsGoneOnItsDayAlsoBeforeThePassComes() {
        String id = service.key();
        byte[] blob = service.encrypt(id, "hello", NONE);
        service.call("CreateAlias", "AliasName", "alias/x", "TargetKeyId", id);
        service.call("ScheduleKeyDeletion", "KeyId", id, "PendingWindowInDays", 7);
        service.clock.advance(Duration.ofDays(7));
        String gone = "NotFoundException: Key '" + ARN + "key/" + id + "' does not exist";
        assertThat(service.error("DescribeKey", "KeyId", id)).isEqualTo(gone);
        assertThat(service.error("CancelKeyDeletion", "KeyId", id)).isEqualTo(gone);
        assertThat(texts(service.call("ListKeys"), "Keys", "KeyId")).isEmpty();
        assertThat(service.error("Decrypt", "CiphertextBlob", blob)).isEqualTo(INACCESSIBLE);
        sweep.run();
        assertThat(service.keys.store().key(new AccountRegion(Service.ACCOUNT, Service.REGION), id))
                .isEmpty();
        assertThat(texts(service.call("ListAliases"), "Aliases", "AliasName")).isEmpty();
        assertThat(service.error("Decrypt", "CiphertextBlob", blob)).isEqualTo(INACCESSIBLE);
    }

    @Test
    void aRotatedKeyDecryptsWhatItEncryptedBefore() {
        String id = service.key();
        byte[] before = service.encrypt(id, "before", NONE);
        String first = text(service.call("DescribeKey", "KeyId", id), "KeyMetadata", "CurrentKeyMaterialId");
        service.call("RotateKeyOnDemand", "KeyId", id);
        byte[] after = service.encrypt(id, "after", NONE);
        assertThat(service.decrypt(before, NONE)).isEqualTo("before");
        assertThat(service.decrypt(after, NONE)).isEqualTo("after");
        assertThat(text(service.call("Decrypt", "CiphertextBlob", before), "KeyMaterialId"))
                .isEqualTo(first);
        assertThat(text(service.call("DescribeKey", "KeyId", id), "KeyMetadata", "CurrentKeyMaterialId"))
                .isNotEqualTo(first);
        assertThat(texts(service.call("ListKeyRotations", "KeyId", id), "Rotations", "RotationType"))
                .containsExactly("ON_DEMAND");
        assertThat(texts(
                        service.call("ListKeyRotations", "KeyId", id, "IncludeKeyMaterial", "ALL_KEY_MATERIAL"),
                        "Rotations",
                        "KeyMaterialState"))
                .containsExactly("NON_CURRENT", "CURRENT");
        for (int i = 1; i < 25; i++) {
            service.call("RotateKeyOnDemand", "KeyId", id);
        }
        assertThat(service.error("RotateKeyOnDemand", "KeyId", id)).startsWith("LimitExceededException: ");
    }

    @Test
    void aKeyIsRotatedWhenItsPeriodHasPassed() {
        String id = service.key();
        byte[] before = service.encrypt(id, "before", NONE);
        service.call("EnableKeyRotation", "KeyId", id, "RotationPeriodInDays", 90);
        service.clock.advance(Duration.ofDays(89));
        sweep.run();
        assertThat(texts(service.call("ListKeyRotations", "KeyId", id), "Rotations", "RotationType"))
                .isEmpty();
        service.clock.advance(Duration.ofDays(1));
        sweep.run();
        sweep.run();
        assertThat(texts(service.call("ListKeyRotations", "KeyId", id), "Rotations", "RotationType"))
                .containsExactly("AUTOMATIC");
        assertThat(service.decrypt(before, NONE)).isEqualTo("before");
        var status = service.call("GetKeyRotationStatus", "KeyId", id);
        assertThat(text(status, "KeyRotationEnabled")).isEqualTo("true");
        assertThat(text(status, "RotationPeriodInDays")).isEqualTo("90");
        assertThat(at(status, "NextRotationDate").toString()).contains("2027-05-29");
        service.call("DisableKeyRotation", "KeyId", id);
        assertThat(text(service.call("GetKeyRotationStatus", "KeyId", id), "KeyRotationEnabled"))
                .isEqualTo("false");
    }

    @Test
    void anotherServerUsesTheSameKeysAndSeesChangesAfterTwoSeconds() {
        Service other = Service.over(service.rows, service.clock, Service.FIRST_KEY);
        String id = service.key();
        byte[] blob = service.encrypt(id, "hello", NONE);
        assertThat(other.decrypt(blob, NONE)).isEqualTo("hello");
        service.call("DisableKey", "KeyId", id);
        service.clock.advance(Duration.ofMillis(2_001));
        assertThat(other.error("Decrypt", "CiphertextBlob", blob)).startsWith("DisabledException: ");
        other.call("EnableKey", "KeyId", id);
        service.clock.advance(Duration.ofMillis(2_001));
        assertThat(service.decrypt(blob, NONE)).isEqualTo("hello");
    }

    @Test
    void twoServersMakeOneManagedKey() throws InterruptedException {
        var arns = Collections.synchronizedList(new ArrayList<String>());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            Service one = Service.over(service.rows, service.clock, Service.FIRST_KEY);
            threads.add(Thread.startVirtualThread(() ->
                    arns.add(text(one.call("DescribeKey", "KeyId", "alias/aws/dynamodb"), "KeyMetadata", "Arn"))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(arns).hasSize(8).containsOnly(arns.getFirst());
        assertThat(texts(service.call("ListKeys"), "Keys", "KeyId")).hasSize(1);
    }

    @Test
    void keysMoveToANewServerKey() {
        String id = service.key();
        byte[] blob = service.encrypt(id, "hello", NONE);
        Service both = Service.over(service.rows, service.clock, Service.SECOND_KEY + Service.FIRST_KEY);
        assertThat(both.identities.resealAll()).isEqualTo(1);
        Service later = Service.over(service.rows, service.clock, Service.SECOND_KEY);
        assertThat(later.decrypt(blob, NONE)).isEqualTo("hello");
    }

    @Test
    void aServerWithoutTheServerKeyDoesNotUseTheMaterial() {
        String id = service.key();
        byte[] blob = service.encrypt(id, "hello", NONE);
        Service both = Service.over(service.rows, service.clock, Service.SECOND_KEY + Service.FIRST_KEY);
        String fresh = both.key();
        assertThat(both.decrypt(blob, NONE)).isEqualTo("hello");
        assertThat(service.error("Encrypt", "KeyId", fresh, "Plaintext", new byte[1]))
                .startsWith("KMSInvalidStateException: " + ARN + "key/" + fresh + " is unavailable");
    }
}
