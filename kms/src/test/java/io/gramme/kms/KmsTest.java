package io.gramme.kms;

import static io.gramme.kms.Service.ARN;
import static io.gramme.kms.Service.at;
import static io.gramme.kms.Service.bytes;
import static io.gramme.kms.Service.plain;
import static io.gramme.kms.Service.text;
import static io.gramme.kms.Service.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.service.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations on keys, aliases, ciphertexts and tags, one by one. */
class KmsTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String ABSENT = "01234567-89ab-4cde-8f01-23456789abcd";

    private final Service service = Service.inMemory();

    private String metadata(String key, String member) {
        return text(service.call("DescribeKey", "KeyId", key), "KeyMetadata", member);
    }

    @Test
    void aNewKeyIsDescribedAsTheServiceDescribesIt() {
        Document made = at(service.call("CreateKey", "Description", "mine"), "KeyMetadata");
        String id = text(made, "KeyId");
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(text(made, "Arn")).isEqualTo(ARN + "key/" + id);
        assertThat(text(made, "AWSAccountId")).isEqualTo(Service.ACCOUNT);
        assertThat(text(made, "KeyState")).isEqualTo("Enabled");
        assertThat(text(made, "Enabled")).isEqualTo("true");
        assertThat(text(made, "KeyManager")).isEqualTo("CUSTOMER");
        assertThat(text(made, "Origin")).isEqualTo("AWS_KMS");
        assertThat(text(made, "KeyUsage")).isEqualTo("ENCRYPT_DECRYPT");
        assertThat(texts(made, "EncryptionAlgorithms", "")).containsExactly("SYMMETRIC_DEFAULT");
        assertThat(text(made, "CurrentKeyMaterialId")).matches("[0-9a-f]{64}");
        assertThat(at(service.call("DescribeKey", "KeyId", id), "KeyMetadata")).isEqualTo(made);
    }

    @Test
    void aKeyIsNamedInFourWays() {
        String id = service.key();
        service.call("CreateAlias", "AliasName", "alias/mine", "TargetKeyId", id);
        for (String name : List.of(id, ARN + "key/" + id, "alias/mine", ARN + "alias/mine")) {
            byte[] blob = service.encrypt(name, "hello", NONE);
            Document decrypted = service.call("Decrypt", "CiphertextBlob", blob, "KeyId", name);
            assertThat(plain(decrypted, "Plaintext")).isEqualTo("hello");
            assertThat(text(decrypted, "KeyId")).isEqualTo(ARN + "key/" + id);
        }
    }

    @Test
    void aCiphertextNeedsItsContextInAnyOrder() {
        String id = service.key();
        var one = new LinkedHashMap<String, String>();
        one.put("a", "1");
        one.put("b", "2");
        var other = new LinkedHashMap<String, String>();
        other.put("b", "2");
        other.put("a", "1");
        byte[] blob = service.encrypt(id, "hello", one);
        assertThat(service.decrypt(blob, other)).isEqualTo("hello");
        for (Map<String, String> wrong : List.of(
                NONE, Map.of("a", "1"), Map.of("a", "2", "b", "1"), Map.of("a1", "b2"), Map.of("A", "1", "b", "2"))) {
            assertThat(service.error("Decrypt", "CiphertextBlob", blob, "EncryptionContext", wrong))
                    .isEqualTo("InvalidCiphertextException: ");
        }
    }

    @Test
    void everyDamagedBitOfACiphertextIsInvalid() {
        byte[] blob = service.encrypt(service.key(), "hello", NONE);
        for (int bit = 0; bit < blob.length * 8; bit++) {
            byte[] damaged = blob.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(service.error("Decrypt", "CiphertextBlob", damaged))
                    .as("bit %d", bit)
                    .isEqualTo("InvalidCiphertextException: ");
        }
        for (int length = 1; length < blob.length; length++) {
            byte[] cut = Arrays.copyOf(blob, length);
            assertThat(service.error("Decrypt", "CiphertextBlob", cut)).isEqualTo("InvalidCiphertextException: ");
        }
    }

    @Test
    void aCiphertextOfAnotherKeyIsToldApart() {
        byte[] blob = service.encrypt(service.key(), "hello", NONE);
        String other = service.key();
        assertThat(service.error("Decrypt", "CiphertextBlob", blob, "KeyId", other))
                .isEqualTo(
                        "IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this"
                                + " operation.");
    }

    @Test
    void reEncryptionMovesACiphertextToAnotherKeyAndContext() {
        String first = service.key();
        String second = service.key();
        byte[] blob = service.encrypt(first, "hello", Map.of("a", "1"));
        Document moved = service.call(
                "ReEncrypt",
                "CiphertextBlob",
                blob,
                "SourceEncryptionContext",
                Map.of("a", "1"),
                "DestinationKeyId",
                second,
                "DestinationEncryptionContext",
                Map.of("b", "2"));
        assertThat(text(moved, "SourceKeyId")).endsWith(first);
        assertThat(text(moved, "KeyId")).endsWith(second);
        assertThat(service.decrypt(bytes(moved, "CiphertextBlob"), Map.of("b", "2")))
                .isEqualTo("hello");
    }

    @Test
    void aDataKeyComesInClearAndEncrypted() {
        String id = service.key();
        for (Object[] length :
                new Object[][] {{"KeySpec", "AES_256", 32}, {"KeySpec", "AES_128", 16}, {"NumberOfBytes", 100, 100}}) {
            Document made = service.call("GenerateDataKey", "KeyId", id, length[0], length[1]);
            byte[] key = bytes(made, "Plaintext");
            assertThat(key).hasSize((int) length[2]);
            Document opened = service.call("Decrypt", "CiphertextBlob", bytes(made, "CiphertextBlob"));
            assertThat(bytes(opened, "Plaintext")).isEqualTo(key);
            assertThat(text(
                            service.call("GenerateDataKeyWithoutPlaintext", "KeyId", id, length[0], length[1]),
                            "Plaintext"))
                    .isEqualTo("(absent)");
        }
        assertThat(service.error("GenerateDataKey", "KeyId", id))
                .isEqualTo("ValidationException: Please specify either number of bytes or key spec.");
    }

    @Test
    void aDataKeyPairDecryptsToItsPrivateKey() {
        String id = service.key();
        Document made = service.call("GenerateDataKeyPair", "KeyId", id, "KeyPairSpec", "ECC_NIST_P256");
        Document opened = service.call("Decrypt", "CiphertextBlob", bytes(made, "PrivateKeyCiphertextBlob"));
        assertThat(bytes(opened, "Plaintext")).isEqualTo(bytes(made, "PrivateKeyPlaintext"));
        assertThat(bytes(made, "PublicKey")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RSA_2048, RSAES_OAEP_SHA_1, 214", "RSA_2048, RSAES_OAEP_SHA_256, 190"})
    void aPairEncryptsAsMuchAsItCan(String spec, String algorithm, int longest) {
        String id = service.key("KeySpec", spec, "KeyUsage", "ENCRYPT_DECRYPT");
        byte[] plain = "x".repeat(longest).getBytes(UTF_8);
        Document made = service.call("Encrypt", "KeyId", id, "Plaintext", plain, "EncryptionAlgorithm", algorithm);
        Object[] request = {
            "CiphertextBlob", bytes(made, "CiphertextBlob"), "KeyId", id, "EncryptionAlgorithm", algorithm
        };
        assertThat(bytes(service.call("Decrypt", request), "Plaintext")).isEqualTo(plain);
        byte[] longer = "x".repeat(longest + 1).getBytes(UTF_8);
        assertThat(service.error("Encrypt", "KeyId", id, "Plaintext", longer, "EncryptionAlgorithm", algorithm))
                .startsWith("ValidationException: The plaintext is longer than the " + longest);
        byte[] damaged = bytes(made, "CiphertextBlob");
        damaged[100] ^= 1;
        request[1] = damaged;
        assertThat(service.error("Decrypt", request)).isEqualTo("InvalidCiphertextException: ");
        assertThat(service.error("Encrypt", "KeyId", id, "Plaintext", plain))
                .isEqualTo(
                        "InvalidKeyUsageException: Algorithm SYMMETRIC_DEFAULT and key spec RSA_2048 are incompatible.");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, RSASSA_PSS_SHA_256",
        "RSA_2048, RSASSA_PKCS1_V1_5_SHA_512",
        "ECC_NIST_P256, ECDSA_SHA_256",
        "ECC_NIST_P384, ECDSA_SHA_384",
        "ECC_NIST_P521, ECDSA_SHA_512"
    })
    void aSignatureIsVerifiedAndADamagedOneIsNot(String spec, String algorithm) {
        String id = service.key("KeySpec", spec, "KeyUsage", "SIGN_VERIFY");
        byte[] message = "message".getBytes(UTF_8);
        Document signed = service.call("Sign", "KeyId", id, "Message", message, "SigningAlgorithm", algorithm);
        byte[] signature = bytes(signed, "Signature");
        Document verified = service.call(
                "Verify", "KeyId", id, "Message", message, "Signature", signature, "SigningAlgorithm", algorithm);
        assertThat(text(verified, "SignatureValid")).isEqualTo("true");
        signature[signature.length - 1] ^= 1;
        assertThat(service.error(
                        "Verify",
                        "KeyId",
                        id,
                        "Message",
                        message,
                        "Signature",
                        signature,
                        "SigningAlgorithm",
                        algorithm))
                .isEqualTo("KMSInvalidSignatureException: ");
        assertThat(service.error(
                        "Sign",
                        "KeyId",
                        id,
                        "Message",
                        message,
                        "MessageType",
                        "DIGEST",
                        "SigningAlgorithm",
                        algorithm))
                .isEqualTo("ValidationException: Digest is invalid length for algorithm " + algorithm + ".");
    }

    @Test
    void aKeyDoesWhatItsUsageSays() {
        String id = service.key();
        assertThat(service.error("Sign", "KeyId", id, "Message", new byte[1], "SigningAlgorithm", "ECDSA_SHA_256"))
                .isEqualTo("InvalidKeyUsageException: " + ARN + "key/" + id
                        + " key usage is ENCRYPT_DECRYPT which is not valid for Sign.");
        String signer = service.key("KeySpec", "ECC_NIST_P256", "KeyUsage", "SIGN_VERIFY");
        assertThat(service.error("Sign", "KeyId", signer, "Message", new byte[1], "SigningAlgorithm", "ECDSA_SHA_384"))
                .isEqualTo(
                        "InvalidKeyUsageException: Algorithm ECDSA_SHA_384 and key spec ECC_NIST_P256 are incompatible.");
        assertThat(service.error("GetPublicKey", "KeyId", id)).startsWith("UnsupportedOperationException: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"224", "256", "384", "512"})
    void aCodeOfAMessageIsVerified(String bits) {
        String id = service.key("KeySpec", "HMAC_" + bits, "KeyUsage", "GENERATE_VERIFY_MAC");
        String algorithm = "HMAC_SHA_" + bits;
        byte[] message = "message".getBytes(UTF_8);
        byte[] mac =
                bytes(service.call("GenerateMac", "KeyId", id, "Message", message, "MacAlgorithm", algorithm), "Mac");
        assertThat(mac).hasSize(Integer.parseInt(bits) / 8);
        Document verified =
                service.call("VerifyMac", "KeyId", id, "Message", message, "MacAlgorithm", algorithm, "Mac", mac);
        assertThat(text(verified, "MacValid")).isEqualTo("true");
        mac[0] ^= 1;
        assertThat(service.error("VerifyMac", "KeyId", id, "Message", message, "MacAlgorithm", algorithm, "Mac", mac))
                .isEqualTo("KMSInvalidMacException: ");
    }

    @Test
    void twoKeysAgreeOnASecret() {
        String one = service.key("KeySpec", "ECC_NIST_P384", "KeyUsage", "KEY_AGREEMENT");
        String other = service.key("KeySpec", "ECC_NIST_P384", "KeyUsage", "KEY_AGREEMENT");
        byte[] left = agreed(one, other);
        assertThat(left).hasSize(48).isEqualTo(agreed(other, one));
        String third = service.key("KeySpec", "ECC_NIST_P256", "KeyUsage", "KEY_AGREEMENT");
        byte[] foreign = bytes(service.call("GetPublicKey", "KeyId", third), "PublicKey");
        assertThat(service.error(
                        "DeriveSharedSecret", "KeyId", one, "PublicKey", foreign, "KeyAgreementAlgorithm", "ECDH"))
                .startsWith("ValidationException: The public key is not");
    }

    private byte[] agreed(String own, String peer) {
        byte[] publicKey = bytes(service.call("GetPublicKey", "KeyId", peer), "PublicKey");
        return bytes(
                service.call(
                        "DeriveSharedSecret", "KeyId", own, "PublicKey", publicKey, "KeyAgreementAlgorithm", "ECDH"),
                "SharedSecret");
    }

    @Test
    void aDryRunSaysThatItWouldHaveSucceededAndDoesNothing() {
        String id = service.key();
        String text = "DryRunOperationException: The request would have succeeded, but the DryRun option is set.";
        assertThat(service.error("Encrypt", "KeyId", id, "Plaintext", new byte[1], "DryRun", true))
                .isEqualTo(text);
        assertThat(service.error("GenerateDataKey", "KeyId", id, "KeySpec", "AES_256", "DryRun", true))
                .isEqualTo(text);
        assertThat(service.error(
                        "CreateGrant",
                        "KeyId",
                        id,
                        "GranteePrincipal",
                        "arn:aws:iam::111122223333:user/a",
                        "Operations",
                        List.of("Decrypt"),
                        "DryRun",
                        true))
                .isEqualTo(text);
        assertThat(texts(service.call("ListGrants", "KeyId", id), "Grants", "GrantId"))
                .isEmpty();
    }

    @Test
    void anAliasMovesAndEnds() {
        String first = service.key();
        String second = service.key();
        service.call("CreateAlias", "AliasName", "alias/app", "TargetKeyId", first);
        assertThat(service.error("CreateAlias", "AliasName", "alias/app", "TargetKeyId", second))
                .isEqualTo("AlreadyExistsException: An alias with the name " + ARN + "alias/app already exists");
        service.call("UpdateAlias", "AliasName", "alias/app", "TargetKeyId", second);
        assertThat(metadata("alias/app", "KeyId")).isEqualTo(second);
        assertThat(texts(service.call("ListAliases", "KeyId", first), "Aliases", "AliasName"))
                .isEmpty();
        assertThat(texts(service.call("ListAliases", "KeyId", second), "Aliases", "AliasArn"))
                .containsExactly(ARN + "alias/app");
        service.call("DeleteAlias", "AliasName", "alias/app");
        assertThat(service.error("DescribeKey", "KeyId", "alias/app"))
                .isEqualTo("NotFoundException: Alias " + ARN + "alias/app is not found.");
        assertThat(service.error("DeleteAlias", "AliasName", "alias/app")).startsWith("NotFoundException: Alias ");
    }

    @Test
    void theManagedKeyIsMadeAtItsFirstUseAndBelongsToItsService() {
        String arn = metadata("alias/aws/dynamodb", "Arn");
        assertThat(metadata("alias/aws/dynamodb", "Arn")).isEqualTo(arn);
        assertThat(metadata("alias/aws/dynamodb", "KeyManager")).isEqualTo("AWS");
        assertThat(texts(service.call("ListAliases"), "Aliases", "AliasName")).containsExactly("alias/aws/dynamodb");
        assertThat(service.error("Encrypt", "KeyId", "alias/aws/dynamodb", "Plaintext", new byte[1]))
                .startsWith("AccessDeniedException: User: ");
        assertThat(service.error("ScheduleKeyDeletion", "KeyId", arn)).startsWith("AccessDeniedException: User: ");
        assertThat(service.error("DisableKey", "KeyId", arn)).startsWith("AccessDeniedException: User: ");
    }

    @Test
    void everyListHasPages() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            String id = service.key();
            ids.add(id);
            service.call("CreateAlias", "AliasName", "alias/" + i, "TargetKeyId", ids.getFirst());
            service.call(
                    "CreateGrant",
                    "KeyId",
                    ids.getFirst(),
                    "GranteePrincipal",
                    "arn:aws:iam::111122223333:user/" + i,
                    "RetiringPrincipal",
                    "arn:aws:iam::111122223333:user/r",
                    "Operations",
                    List.of("Decrypt"));
        }
        assertThat(paged("ListKeys", "Keys", "KeyId")).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(paged("ListAliases", "Aliases", "AliasName"))
                .containsExactly("alias/0", "alias/1", "alias/2", "alias/3", "alias/4");
        assertThat(paged("ListGrants", "Grants", "GrantId", "KeyId", ids.getFirst()))
                .hasSize(5)
                .doesNotHaveDuplicates();
        assertThat(paged(
                        "ListRetirableGrants",
                        "Grants",
                        "GrantId",
                        "RetiringPrincipal",
                        "arn:aws:iam::111122223333:user/r"))
                .hasSize(5);
        assertThat(service.error("ListKeys", "Marker", "!")).isEqualTo("InvalidMarkerException: Invalid marker.");
    }

    private List<String> paged(String operation, String list, String member, String... more) {
        var all = new ArrayList<String>();
        String marker = "";
        do {
            var request = new ArrayList<Object>(List.of("Limit", 2));
            request.addAll(List.of(more));
            if (!marker.isEmpty()) {
                request.addAll(List.of("Marker", marker));
            }
            Document page = service.call(operation, request.toArray());
            List<String> some = texts(page, list, member);
            assertThat(some).hasSizeLessThanOrEqualTo(2);
            all.addAll(some);
            marker = text(page, "Truncated").equals("true") ? text(page, "NextMarker") : "";
        } while (!marker.isEmpty());
        return all;
    }

    @Test
    void tagsComeAndGo() {
        String id = service.key("Tags", List.of(Map.of("TagKey", "a", "TagValue", "1")));
        service.call("TagResource", "KeyId", id, "Tags", List.of(Map.of("TagKey", "b", "TagValue", "2")));
        assertThat(texts(service.call("ListResourceTags", "KeyId", id), "Tags", "TagKey"))
                .containsExactly("a", "b");
        service.call("UntagResource", "KeyId", id, "TagKeys", List.of("a"));
        assertThat(texts(service.call("ListResourceTags", "KeyId", id), "Tags", "TagValue"))
                .containsExactly("2");
    }

    @Test
    void theKeyPolicyIsAsItWasPut() {
        String id = service.key();
        assertThat(text(service.call("GetKeyPolicy", "KeyId", id), "Policy"))
                .contains("\"Enable IAM User Permissions\"");
        String policy =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},"
                        + "\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
        service.call("PutKeyPolicy", "KeyId", id, "Policy", policy);
        assertThat(text(service.call("GetKeyPolicy", "KeyId", id), "Policy")).isEqualTo(policy);
        assertThat(texts(service.call("ListKeyPolicies", "KeyId", id), "PolicyNames", ""))
                .containsExactly("default");
        assertThat(service.error("PutKeyPolicy", "KeyId", id, "Policy", "{"))
                .startsWith("MalformedPolicyDocumentException: ");
        assertThat(service.error("GetKeyPolicy", "KeyId", id, "PolicyName", "other"))
                .isEqualTo("NotFoundException: No such policy exists");
    }

    @Test
    void aGrantOfTheSameNameAndContentIsOneGrant() {
        String id = service.key();
        Object[] request = {
            "KeyId",
            id,
            "GranteePrincipal",
            "arn:aws:iam::111122223333:user/a",
            "Operations",
            List.of("Decrypt"),
            "Name",
            "mine"
        };
        Document first = service.call("CreateGrant", request);
        assertThat(text(service.call("CreateGrant", request), "GrantId")).isEqualTo(text(first, "GrantId"));
        service.call("RetireGrant", "GrantToken", text(first, "GrantToken"));
        assertThat(texts(service.call("ListGrants", "KeyId", id), "Grants", "GrantId"))
                .isEmpty();
        assertThat(service.error("RetireGrant", "GrantToken", "bm8")).startsWith("InvalidGrantTokenException: ");
        assertThat(service.error("RevokeGrant", "KeyId", id, "GrantId", "x")).startsWith("NotFoundException: ");
    }

    @Test
    void refusalsHaveTheTextsOfTheService() {
        assertThat(service.error("DescribeKey", "KeyId", "foo")).isEqualTo("NotFoundException: Invalid keyId 'foo'");
        assertThat(service.error("DescribeKey", "KeyId", ABSENT))
                .isEqualTo("NotFoundException: Key '" + ARN + "key/" + ABSENT + "' does not exist");
        assertThat(service.error("DescribeKey", "KeyId", "arn:aws:kms:us-west-2:111122223333:key/" + ABSENT))
                .isEqualTo("NotFoundException: Invalid arn us-west-2");
        assertThat(service.error("DescribeKey", "KeyId", "arn:foo"))
                .isEqualTo("InvalidArnException: Invalid arn arn:foo");
        assertThat(service.error("DescribeKey"))
                .isEqualTo("ValidationException: 1 validation error detected: Value null at 'keyId' failed to satisfy"
                        + " constraint: Member must not be null");
        assertThat(service.error("Encrypt", "KeyId", service.key(), "Plaintext", new byte[4_097]))
                .isEqualTo("ValidationException: 1 validation error detected: Value at 'plaintext' failed to satisfy"
                        + " constraint: Member must have length less than or equal to 4096");
        assertThat(service.error(
                        "Encrypt",
                        "KeyId",
                        service.key(),
                        "Plaintext",
                        new byte[1],
                        "EncryptionContext",
                        Map.of("a", "x".repeat(8_192))))
                .startsWith("ValidationException: The encryption context is longer");
        assertThat(service.error("CreateAlias", "AliasName", "alias/aws/x", "TargetKeyId", service.key()))
                .startsWith("NotAuthorizedException: ");
        assertThat(service.error("CreateAlias", "AliasName", "x", "TargetKeyId", service.key()))
                .startsWith("ValidationException: Alias must start with the prefix \"alias/\"");
        assertThat(service.error("DisableKey", "KeyId", "alias/x"))
                .isEqualTo("NotFoundException: Invalid keyId 'alias/x'");
    }

    @Test
    void whatThisServerHasNotIsRefusedInASentence() {
        for (String operation : List.of(
                "ImportKeyMaterial",
                "GetParametersForImport",
                "CreateCustomKeyStore",
                "ReplicateKey",
                "GetKeyLastUsage")) {
            assertThat(service.error(operation))
                    .startsWith("UnsupportedOperationException: ")
                    .endsWith(".");
        }
        assertThat(service.error("CreateKey", "MultiRegion", true)).startsWith("UnsupportedOperationException: ");
        assertThat(service.error("CreateKey", "Origin", "EXTERNAL")).startsWith("UnsupportedOperationException: ");
        assertThat(service.error("CreateKey", "KeySpec", "SM2", "KeyUsage", "SIGN_VERIFY"))
                .startsWith("UnsupportedOperationException: ");
        assertThat(service.error("Frobnicate")).startsWith("UnknownOperationException: ");
        assertThat(service.error("CreateKey", "KeySpec", "RSA_2048"))
                .startsWith("ValidationException: You must specify a KeyUsage value");
        assertThat(service.error("CreateKey", "KeyUsage", "SIGN_VERIFY"))
                .isEqualTo(
                        "ValidationException: KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT");
    }

    @Test
    void randomBytesAreAsManyAsAskedFor() {
        assertThat(bytes(service.call("GenerateRandom", "NumberOfBytes", 1_024), "Plaintext"))
                .hasSize(1_024);
        assertThat(service.error("GenerateRandom", "NumberOfBytes", 1_025)).startsWith("ValidationException: ");
    }
}
