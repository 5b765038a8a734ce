package io.gramme.acceptance;

import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.DynamoDbEncryptionInterceptor;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTableEncryptionConfig;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTablesEncryptionConfig;
import software.amazon.cryptography.keystore.KeyStore;
import software.amazon.cryptography.keystore.model.KMSConfiguration;
import software.amazon.cryptography.keystore.model.KeyStoreConfig;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.AesWrappingAlg;
import software.amazon.cryptography.materialproviders.model.CreateRawAesKeyringInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;

/** Clients that encrypt items before they send them, with the AWS Database Encryption SDK, and the KMS client of their keys. */
final class EncryptingClients {
    static final MaterialProviders MATERIALS = MaterialProviders.builder()
            .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
            .build();

    private EncryptingClients() {}

    /** Of the same account and region as {@link Clients#of(URI)}. */
    static KmsClient kms(URI url) {
        return KmsClient.builder()
                .endpointOverride(url)
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(Clients.ACCOUNT, "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** A client that treats the items of one table as the configuration says, and those of every other as they are. */
    static DynamoDbClient of(URI url, DynamoDbTableEncryptionConfig table) {
        var interceptor = DynamoDbEncryptionInterceptor.builder()
                .config(DynamoDbTablesEncryptionConfig.builder()
                        .tableEncryptionConfigs(Map.of(table.logicalTableName(), table))
                        .build())
                .build();
        return Clients.of(url, interceptor);
    }

    /** A wrapping key that only this client has. */
    static IKeyring rawAes() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return MATERIALS.CreateRawAesKeyring(CreateRawAesKeyringInput.builder()
                .keyNamespace("tests")
                .keyName("wrapping")
                .wrappingAlg(AesWrappingAlg.ALG_AES256_GCM_IV12_TAG16)
                .wrappingKey(ByteBuffer.wrap(key))
                .build());
    }

    /** A store of branch keys, whose table need not exist yet. */
    static KeyStore keyStore(URI url, KmsClient kms, String table, String kmsKeyArn) {
        return KeyStore.builder()
                .KeyStoreConfig(KeyStoreConfig.builder()
                        .ddbClient(Clients.of(url))
                        .kmsClient(kms)
                        .ddbTableName(table)
                        .logicalKeyStoreName(table)
                        .kmsConfiguration(
                                KMSConfiguration.builder().kmsKeyArn(kmsKeyArn).build())
                        .build())
                .build();
    }
}
