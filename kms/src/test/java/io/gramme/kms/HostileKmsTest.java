package io.gramme.kms;

import static io.gramme.kms.Service.structure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** No request makes KMS fail. */
class HostileKmsTest {
    private static final List<String> OPERATIONS = List.of(
            "CancelKeyDeletion",
            "CreateAlias",
            "CreateGrant",
            "CreateKey",
            "Decrypt",
            "DeleteAlias",
            "DeriveSharedSecret",
            "DescribeKey",
            "DisableKey",
            "DisableKeyRotation",
            "EnableKey",
            "EnableKeyRotation",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateMac",
            "GenerateRandom",
            "GetKeyPolicy",
            "GetKeyRotationStatus",
            "GetPublicKey",
            "ImportKeyMaterial",
            "ListAliases",
            "ListGrants",
            "ListKeyPolicies",
            "ListKeyRotations",
            "ListKeys",
            "ListResourceTags",
            "ListRetirableGrants",
            "PutKeyPolicy",
            "ReEncrypt",
            "RetireGrant",
            "RevokeGrant",
            "RotateKeyOnDemand",
            "ScheduleKeyDeletion",
            "Sign",
            "TagResource",
            "UntagResource",
            "UpdateAlias",
            "UpdateKeyDescription",
            "Verify",
            "VerifyMac",
            "Frobnicate");
    private static final List<String> MEMBERS = List.of(
            "KeyId",
            "KeyId",
            "KeyId",
            "AliasName",
            "TargetKeyId",
            "Plaintext",
            "CiphertextBlob",
            "EncryptionContext",
            "SourceEncryptionContext",
            "DestinationKeyId",
            "SourceKeyId",
            "EncryptionAlgorithm",
            "KeySpec",
            "KeyUsage",
            "KeyPairSpec",
            "NumberOfBytes",
            "Message",
            "MessageType",
            "SigningAlgorithm",
            "MacAlgorithm",
            "Mac",
            "Signature",
            "PublicKey",
            "KeyAgreementAlgorithm",
            "Description",
            "Policy",
            "PolicyName",
            "Tags",
            "TagKeys",
            "GranteePrincipal",
            "RetiringPrincipal",
            "Operations",
            "Constraints",
            "GrantTokens",
            "GrantToken",
            "GrantId",
            "Name",
            "Limit",
            "Marker",
            "PendingWindowInDays",
            "RotationPeriodInDays",
            "IncludeKeyMaterial",
            "Origin",
            "MultiRegion",
            "DryRun",
            "Recipient",
            "BypassPolicyLockoutSafetyCheck");
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":"
                    + "\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}}";

    private final Service service = Service.inMemory();

    private List<Object> values() {
        String symmetric = service.key();
        String signer = service.key("KeySpec", "ECC_NIST_P256", "KeyUsage", "SIGN_VERIFY");
        String mac = service.key("KeySpec", "HMAC_256", "KeyUsage", "GENERATE_VERIFY_MAC");
        String agreeing = service.key("KeySpec", "ECC_NIST_P521", "KeyUsage", "KEY_AGREEMENT");
        byte[] publicKey = Service.bytes(service.call("GetPublicKey", "KeyId", agreeing), "PublicKey");
        service.call("CreateAlias", "AliasName", "alias/a", "TargetKeyId", symmetric);
        var values = new ArrayList<Object>(List.of(
                symmetric,
                signer,
                mac,
                agreeing,
                "alias/a",
                "alias/",
                "alias/aws/dynamodb",
                Service.ARN + "key/" + symmetric,
                "arn:aws:kms:eu-west-1:1:key/x",
                "arn:",
                "arn:aws:kms:::alias/a",
                "",
                "AA==",
                "!",
                "AES_256",
                "RSA_1024",
                "ECC_NIST_P256",
                "ECDSA_SHA_256",
                "HMAC_SHA_256",
                "SIGN_VERIFY",
                "SYMMETRIC_DEFAULT",
                "RSAES_OAEP_SHA_256",
                "ECDH",
                "DIGEST",
                "ALL_KEY_MATERIAL",
                POLICY,
                "{}",
                "\0",
                "\u00e9\ud800",
                "a".repeat(9_000),
                -1,
                7,
                365,
                Integer.MAX_VALUE,
                true,
                publicKey));
        values.addAll(List.of(
                service.encrypt(symmetric, "x", Map.of()),
                new byte[32],
                new byte[4_096],
                List.of(),
                List.of("Encrypt", "Sign"),
                List.of("x", 1),
                List.of(Map.of("TagKey", "a", "TagValue", "b")),
                Map.of(),
                Map.of("a", "b"),
                Map.of("EncryptionContextEquals", Map.of("a", "b")),
                Map.of("a", 1),
                structure("TagKey", List.of()),
                new Document.Dictionary(Map.of()),
                new Document.Real(Double.NaN),
                new Document.Word("x")));
        return values;
    }

    @Test
    void noRequestMakesTheServiceFail() {
        List<Object> values = values();
        var random = new SplittableRandom(18);
        int refused = 0;
        int rounds = 12_000;
        for (int i = 0; i < rounds; i++) {
            var pairs = new ArrayList<Object>();
            for (String member : MEMBERS) {
                if (random.nextInt(3) == 0) {
                    pairs.add(member);
                    pairs.add(values.get(random.nextInt(values.size())));
                }
            }
            try {
                service.call(OPERATIONS.get(random.nextInt(OPERATIONS.size())), pairs.toArray());
            } catch (ServiceException e) {
                assertThat(e.status()).isLessThan(500);
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, rounds - 100);
    }
}
