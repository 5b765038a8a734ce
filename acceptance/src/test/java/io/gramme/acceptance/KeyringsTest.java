package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.get;
import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.EncryptingClients.MATERIALS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.ENCRYPT_AND_SIGN;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.SIGN_ONLY;
import static software.amazon.cryptography.materialproviders.model.DBEAlgorithmSuiteId.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTableEncryptionConfig;
import software.amazon.cryptography.keystore.KeyStore;
import software.amazon.cryptography.keystore.model.CreateKeyInput;
import software.amazon.cryptography.keystore.model.CreateKeyStoreInput;
import software.amazon.cryptography.keystore.model.VersionKeyInput;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsDiscoveryKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsEcdhKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsHierarchicalKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsRsaKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateMultiKeyringInput;
import software.amazon.cryptography.materialproviders.model.KmsEcdhStaticConfigurations;
import software.amazon.cryptography.materialproviders.model.KmsPrivateKeyToStaticPublicKeyInput;
import software.amazon.cryptography.materialproviders.model.KmsPublicKeyDiscoveryInput;
import software.amazon.cryptography.primitives.model.ECDHCurveSpec;

/** Each keyring of the AWS Database Encryption SDK that asks a KMS, with the KMS and the tables of one server. */
@Tag("slow")
class KeyringsTest {
    private static final String TABLE = "sealed";

    private static InMemoryGramme gramme;
    private static KmsClient kms;

    @BeforeAll
    static void start() {
        gramme = new InMemoryGramme();
        kms = EncryptingClients.kms(gramme.url());
        gramme.table(
                TABLE,
                table -> table.attributeDefinitions(Schemas.attribute("id", ScalarAttributeType.S))
                        .keySchema(Schemas.hash("id")));
    }

    @AfterAll
    static void stop() {
        kms.close();
        gramme.close();
    }

    private static DynamoDbClient client(IKeyring keyring) {
        return EncryptingClients.of(
                gramme.url(),
                DynamoDbTableEncryptionConfig.builder()
                        .logicalTableName(TABLE)
                        .partitionKeyName("id")
                        .attributeActionsOnEncrypt(
                                Map.of("id", SIGN_ONLY, "secret", ENCRYPT_AND_SIGN, "open", SIGN_ONLY))
                        .keyring(keyring)
                        // Without a signature by a pair of keys, which a keyring of RSA keys does not bear.
                        .algorithmSuiteId(ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384)
                        .build());
    }

    private static Map<String, AttributeValue> item(String id) {
        return Map.of("id", s(id), "secret", s("of " + id), "open", n(1));
    }

    private static void write(IKeyring keyring, String id) {
        try (DynamoDbClient client = client(keyring)) {
            client.putItem(request -> request.tableName(TABLE).item(item(id)));
        }
        assertThat(gramme.client
                        .getItem(request -> request.tableName(TABLE).key(Map.of("id", s(id))))
                        .item())
                .containsKeys("aws_dbe_head", "aws_dbe_foot")
                .doesNotContainEntry("secret", s("of " + id));
    }

    /** With a client of its own, so that nothing which another one cached helps. */
    private static void reads(IKeyring keyring, String id) {
        try (DynamoDbClient client = client(keyring)) {
            assertThat(EncryptedItemsTest.withoutFrame(client.getItem(
                                    request -> request.tableName(TABLE).key(Map.of("id", s(id))))
                            .item()))
                    .isEqualTo(item(id));
        }
    }

    private static void doesNotRead(IKeyring keyring, String id) {
        assertThatThrownBy(() -> reads(keyring, id)).isInstanceOf(RuntimeException.class);
    }

    private static String symmetricKey() {
        return kms.createKey(request -> request.description("wraps data keys"))
                .keyMetadata()
                .arn();
    }

    private static String key(KeySpec spec, KeyUsageType usage) {
        return kms.createKey(request -> request.keySpec(spec).keyUsage(usage))
                .keyMetadata()
                .arn();
    }

    private static IKeyring kmsKeyring(String arn) {
        return MATERIALS.CreateAwsKmsKeyring(
                CreateAwsKmsKeyringInput.builder().kmsKeyId(arn).kmsClient(kms).build());
    }

    @Test
    void aKmsKeyWrapsTheDataKeyOfAnItemAndNoItemIsReadWhileItIsDisabled() {
        String arn = symmetricKey();
        write(kmsKeyring(arn), "kms");
        reads(kmsKeyring(arn), "kms");
        kms.disableKey(request -> request.keyId(arn));
        assertThatThrownBy(() -> reads(kmsKeyring(arn), "kms")).hasStackTraceContaining("is disabled");
        assertThatThrownBy(() -> write(kmsKeyring(arn), "more")).hasStackTraceContaining("is disabled");
        kms.enableKey(request -> request.keyId(arn));
        reads(kmsKeyring(arn), "kms");
        kms.rotateKeyOnDemand(request -> request.keyId(arn));
        reads(kmsKeyring(arn), "kms");
        doesNotRead(kmsKeyring(symmetricKey()), "kms");
    }

    @Test
    void anyOfSeveralKeysReadsAndSoDoesAClientThatKnowsNone() {
        String first = symmetricKey();
        String second = symmetricKey();
        write(
                MATERIALS.CreateMultiKeyring(CreateMultiKeyringInput.builder()
                        .generator(kmsKeyring(first))
                        .childKeyrings(List.of(kmsKeyring(second)))
                        .build()),
                "several");
        reads(kmsKeyring(first), "several");
        reads(kmsKeyring(second), "several");
        kms.disableKey(request -> request.keyId(first));
        reads(
                MATERIALS.CreateAwsKmsDiscoveryKeyring(CreateAwsKmsDiscoveryKeyringInput.builder()
                        .kmsClient(kms)
                        .build()),
                "several");
    }

    @Test
    void branchKeysOfAKeyStoreInATableAreMadeUsedAndVersioned() {
        String arn = symmetricKey();
        KeyStore store = EncryptingClients.keyStore(gramme.url(), kms, "branch-keys", arn);
        store.CreateKeyStore(CreateKeyStoreInput.builder().build());
        gramme.client.waiter().waitUntilTableExists(request -> request.tableName("branch-keys"));
        String branch = store.CreateKey(CreateKeyInput.builder().build()).branchKeyIdentifier();
        write(branchKeyring(store, branch), "first");
        store.VersionKey(VersionKeyInput.builder().branchKeyIdentifier(branch).build());
        write(branchKeyring(store, branch), "second");
        reads(branchKeyring(store, branch), "first");
        reads(branchKeyring(store, branch), "second");
        Set<String> types = new HashSet<>();
        gramme.client
                .scan(request -> request.tableName("branch-keys"))
                .items()
                .forEach(row -> types.add(get(row, "type").s().replaceAll("[0-9a-f-]{36}", "*")));
        assertThat(types).containsExactlyInAnyOrder("branch:ACTIVE", "branch:version:*", "beacon:ACTIVE");
        kms.disableKey(request -> request.keyId(arn));
        doesNotRead(branchKeyring(store, branch), "first");
        assertThatThrownBy(() -> store.VersionKey(
                        VersionKeyInput.builder().branchKeyIdentifier(branch).build()))
                .hasMessageContaining("disabled");
    }

    private static IKeyring branchKeyring(KeyStore store, String branch) {
        return MATERIALS.CreateAwsKmsHierarchicalKeyring(CreateAwsKmsHierarchicalKeyringInput.builder()
                .keyStore(store)
                .branchKeyId(branch)
                .ttlSeconds(60)
                .build());
    }

    @Test
    void theOwnerOfAnRsaKeyReadsWhatItsPublicPartEncrypted() {
        String arn = key(KeySpec.RSA_2048, KeyUsageType.ENCRYPT_DECRYPT);
        byte[] published =
                kms.getPublicKey(request -> request.keyId(arn)).publicKey().asByteArray();
        var pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(published)
                + "\n-----END PUBLIC KEY-----\n";
        for (EncryptionAlgorithmSpec algorithm :
                List.of(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_1, EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256)) {
            IKeyring keyring = MATERIALS.CreateAwsKmsRsaKeyring(CreateAwsKmsRsaKeyringInput.builder()
                    .kmsKeyId(arn)
                    .publicKey(ByteBuffer.wrap(pem.getBytes(UTF_8)))
                    .encryptionAlgorithm(algorithm)
                    .kmsClient(kms)
                    .build());
            write(keyring, algorithm.toString());
            reads(keyring, algorithm.toString());
        }
    }

    @Test
    void twoPartiesAgreeOnTheKeyOfAnItemByTheirCurves() {
        Map<KeySpec, ECDHCurveSpec> curves = Map.of(
                KeySpec.ECC_NIST_P256,
                ECDHCurveSpec.ECC_NIST_P256,
                KeySpec.ECC_NIST_P384,
                ECDHCurveSpec.ECC_NIST_P384,
                KeySpec.ECC_NIST_P521,
                ECDHCurveSpec.ECC_NIST_P521);
        curves.forEach((spec, curve) -> {
            String sender = key(spec, KeyUsageType.KEY_AGREEMENT);
            String recipient = key(spec, KeyUsageType.KEY_AGREEMENT);
            byte[] published = kms.getPublicKey(request -> request.keyId(recipient))
                    .publicKey()
                    .asByteArray();
            write(
                    ecdh(
                            curve,
                            KmsEcdhStaticConfigurations.builder()
                                    .KmsPrivateKeyToStaticPublicKey(KmsPrivateKeyToStaticPublicKeyInput.builder()
                                            .senderKmsIdentifier(sender)
                                            .recipientPublicKey(ByteBuffer.wrap(published))
                                            .build())
                                    .build()),
                    spec.toString());
            reads(discovering(curve, recipient), spec.toString());
            doesNotRead(discovering(curve, key(spec, KeyUsageType.KEY_AGREEMENT)), spec.toString());
        });
    }

    private static IKeyring discovering(ECDHCurveSpec curve, String recipient) {
        return ecdh(
                curve,
                KmsEcdhStaticConfigurations.builder()
                        .KmsPublicKeyDiscovery(KmsPublicKeyDiscoveryInput.builder()
                                .recipientKmsIdentifier(recipient)
                                .build())
                        .build());
    }

    private static IKeyring ecdh(ECDHCurveSpec curve, KmsEcdhStaticConfigurations parties) {
        return MATERIALS.CreateAwsKmsEcdhKeyring(CreateAwsKmsEcdhKeyringInput.builder()
                .curveSpec(curve)
                .KeyAgreementScheme(parties)
                .kmsClient(kms)
                .build());
    }
}
