package io.gramme.server.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.KeyUnusableException.Reason;
import io.gramme.encryption.RootKey;
import io.gramme.recovery.BackupKeys;
import io.gramme.server.Client;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.ObjectSummary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The files of backups of a server whose store is sealed. */
class EncryptedBackupTest {
    private static final String OWNED = "gramme:server-key";
    private static final String MARKER = "planted-plaintext";
    private static final String SEAL = "/gramme-backup.json";

    private final Keys keys = new Keys();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final Client client = client(BackupKeys.sealing(keys, OWNED));

    /** Wraps keys by remembering them. */
    private static final class Keys implements KeyService {
        private final Map<Bytes, Bytes> made = new ConcurrentHashMap<>();
        private final Set<String> disabled = ConcurrentHashMap.newKeySet();

        private void requireUsable(String arn) {
            if (disabled.contains(arn)) {
                throw new KeyUnusableException(Reason.DISABLED, arn + " is disabled");
            }
        }

        @Override
        public RootKey describe(String keyId) {
            requireUsable(keyId);
            return new RootKey(keyId, RootKey.Owner.CUSTOMER, true, true);
        }

        @Override
        public GeneratedKey generate(String arn, Map<String, String> context) {
            requireUsable(arn);
            Bytes key = Bytes.utf8(String.format("%032d", made.size()));
            Bytes wrapped = Bytes.utf8(made.size() + arn + new TreeMap<>(context));
            made.put(wrapped, key);
            return new GeneratedKey(key, wrapped);
        }

        @Override
        public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
            requireUsable(arn);
            Bytes key = made.get(wrapped);
            if (key == null || !new String(wrapped.toArray(), UTF_8).endsWith(arn + new TreeMap<>(context))) {
                throw new KeyUnusableException(Reason.NOT_FOUND, "it is not a key of this server");
            }
            return key;
        }
    }

    private Client client(BackupKeys with) {
        return Client.withKeys(with, () -> now.updateAndGet(before -> before.plusNanos(1_000)));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static void createTable(Client of, String more) {
        of.call(
                "CreateTable",
                "{TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], "
                        + more + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}");
        for (int i = 0; i < 20; i++) {
            of.call("PutItem", "{TableName: 'orders', Item: {pk: {S: 'k" + i + "'}, a: {S: '" + MARKER + "'}}}");
        }
    }

    private static String backUp(Client of) {
        String arn = create(of);
        Awaitility.await().until(() -> job(of).get("State").asString().equals("COMPLETED"));
        return arn;
    }

    private static String create(Client of) {
        return of.call("CreateBackup", "{TableName: 'orders', BackupName: 'all'}")
                .get("BackupDetails")
                .get("BackupArn")
                .asString();
    }

    private static JsonNode job(Client of) {
        return of.callGramme("ListJobs", "{}")
                .get("Jobs")
                .valueStream()
                .filter(job -> job.get("Kind").asString().equals("BACKUP"))
                .findFirst()
                .orElseThrow();
    }

    private static Bucket bucket(Client of) {
        return of.buckets().named("backups");
    }

    private static SortedMap<String, Bytes> contents(Client of) {
        var found = new TreeMap<String, Bytes>();
        for (ObjectSummary object : bucket(of).list("", "", 1_000)) {
            found.put(object.key(), bucket(of).content(object.key(), 1 << 20));
        }
        return found;
    }

    private static String key(SortedMap<String, Bytes> files, String end) {
        return files.keySet().stream()
                .filter(name -> name.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private static Bytes required(SortedMap<String, Bytes> files, String name) {
        return requireNonNull(files.get(name));
    }

    private static String text(Bytes content) {
        return new String(content.toArray(), ISO_8859_1);
    }

    private static void copy(SortedMap<String, Bytes> files, Client to) {
        files.entrySet().stream()
                .sorted(Comparator.comparing(file -> file.getKey().endsWith(SEAL)))
                .forEach(file -> bucket(to).put(file.getKey(), file.getValue()));
        to.recover();
    }

    private static String restore(Client of, String arn) {
        return of.outcome("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}");
    }

    private static void restores(Client of, String arn) {
        of.call("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}");
        Awaitility.await()
                .until(() -> of.call("DescribeTable", "{TableName: 'again'}")
                        .get("Table")
                        .get("TableStatus")
                        .asString()
                        .equals("ACTIVE"));
        assertThat(of.call("Scan", "{TableName: 'again', Select: 'COUNT'}")
                        .get("Count")
                        .asInt())
                .isEqualTo(20);
    }

    @Test
    void theFilesHaveNoItemInClearAndAreRestored() {
        createTable(client, "");
        String arn = backUp(client);
        SortedMap<String, Bytes> files = contents(client);
        files.forEach((name, content) -> {
            assertThat(text(content)).as(name).doesNotContain(MARKER);
            assertThat(name.endsWith(".gz")).as(name).isEqualTo(text(content).startsWith("GRAMSEAL"));
        });
        assertThat(text(required(files, key(files, SEAL))))
                .contains("\"rootKey\":\"" + OWNED + "\"")
                .contains("\"aws:dynamodb:tableName\":\"orders\"");
        restores(client, arn);
    }

    @Test
    void aBackupHasTheRootKeyOfItsTable() {
        String root = "arn:aws:kms:us-east-1:000000000000:key/0b6d6a41-9f6e-4a1f-8a3e-3a52f5a3f6a1";
        createTable(client, "SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: '" + root + "'}, ");
        String arn = backUp(client);
        SortedMap<String, Bytes> files = contents(client);
        assertThat(text(required(files, key(files, SEAL)))).contains("\"rootKey\":\"" + root + "\"");
        keys.disabled.add(root);
        assertThat(restore(client, arn))
                .isEqualTo("ACCESS_DENIED: KMS key access denied error: the files of backup " + arn
                        + " are encrypted under the key " + root + ", which this server cannot use: " + root
                        + " is disabled");
        keys.disabled.clear();
        restores(client, arn);
    }

    @Test
    void aCopiedFolderIsRestoredWhereItsRootKeyIs() {
        createTable(client, "");
        String arn = backUp(client);
        for (BackupKeys same : new BackupKeys[] {BackupKeys.sealing(keys, OWNED), BackupKeys.opening(keys)}) {
            try (Client other = client(same)) {
                copy(contents(client), other);
                restores(other, arn);
            }
        }
        for (BackupKeys others : new BackupKeys[] {BackupKeys.sealing(new Keys(), OWNED), BackupKeys.none()}) {
            try (Client other = client(others)) {
                copy(contents(client), other);
                assertThat(other.call("ListBackups", "{}")
                                .get("BackupSummaries")
                                .size())
                        .isOne();
                assertThat(restore(other, arn))
                        .startsWith("ACCESS_DENIED: KMS key access denied error: the files of backup " + arn
                                + " are encrypted under the key " + OWNED + ", which this server cannot use: ");
            }
        }
    }

    @Test
    void aFolderInClearIsRestoredWhereFilesAreEncrypted() {
        try (Client clear = client(BackupKeys.none())) {
            createTable(clear, "");
            String arn = backUp(clear);
            copy(contents(clear), client);
            restores(client, arn);
        }
    }

    @Test
    void aBackupWaitsWhileItsRootKeyCannotBeUsed() {
        createTable(client, "");
        keys.disabled.add(OWNED);
        String arn = create(client);
        Awaitility.await().until(() -> job(client).get("State").asString().equals("FAILED"));
        assertThat(job(client).get("StateReason").asString())
                .isEqualTo("The root key of the backup cannot be used: " + OWNED
                        + " is disabled. The backup stays in its table, and its files are tried again in 10 minutes");
        assertThat(contents(client).keySet()).noneMatch(name -> name.endsWith(".gz"));
        assertThat(client.call("DescribeBackup", "{BackupArn: '" + arn + "'}")
                        .get("BackupDescription")
                        .get("BackupDetails")
                        .get("BackupStatus")
                        .asString())
                .isEqualTo("AVAILABLE");
        keys.disabled.clear();
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(11)));
        client.recover();
        Awaitility.await().until(() -> job(client).get("State").asString().equals("COMPLETED"));
        client.call("DeleteTable", "{TableName: 'orders'}");
        restores(client, arn);
    }

    @Test
    void anEditedSealIsRefusedAndNamed() {
        createTable(client, "");
        String arn = backUp(client);
        SortedMap<String, Bytes> files = contents(client);
        String name = key(files, SEAL);
        String sum = name.replace(".json", ".sha256");
        String seal = text(required(files, name));
        int mac = seal.lastIndexOf(",\"mac\"");
        for (String edited : new String[] {
            seal.replace("\"name\":\"all\"", "\"name\":\"ALL\""),
            seal.replaceFirst("\"bytes\":0", "\"bytes\":1"),
            seal.substring(0, mac) + "}",
            seal.substring(0, mac + 9) + "0".repeat(64) + "\"}"
        }) {
            assertThat(edited).isNotEqualTo(seal);
            bucket(client).put(name, Bytes.utf8(edited));
            bucket(client).put(sum, Bytes.utf8(sha256(edited)));
            assertThat(restore(client, arn))
                    .isEqualTo(
                            "VALIDATION: The files of backup " + arn + " cannot be restored. The export is damaged at "
                                    + name + ": it was edited: its mac is not that of its content");
            try (Client other = client(BackupKeys.sealing(keys, OWNED))) {
                copy(contents(client), other);
                assertThat(other.call("ListBackups", "{}")
                                .get("BackupSummaries")
                                .size())
                        .isZero();
            }
        }
    }

    @Test
    void anEditedManifestIsRefusedAndNamed() throws NoSuchAlgorithmException {
        createTable(client, "");
        String arn = backUp(client);
        SortedMap<String, Bytes> files = contents(client);
        String name = key(files, "/manifest-files.json");
        // All sums agree; only the seal knows what was there.
        String summary = key(files, "/manifest-summary.json");
        put(name, text(required(files, name)).lines().skip(1).reduce("", (one, other) -> one + other + "\n"), ".json");
        long first = itemCount(text(required(files, name)).lines().findFirst().orElseThrow());
        put(
                summary,
                text(required(files, summary)).replace("\"itemCount\":20", "\"itemCount\":" + (20 - first)),
                ".json");
        assertThat(restore(client, arn))
                .startsWith("VALIDATION: The files of backup " + arn + " cannot be restored. The export is damaged at "
                        + name.substring(0, name.lastIndexOf('/')) + "/");
    }

    private static long itemCount(String line) {
        return Client.json(line).get("itemCount").asLong();
    }

    private void put(String name, String content, String end) throws NoSuchAlgorithmException {
        bucket(client).put(name, Bytes.utf8(content));
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(content.getBytes(UTF_8)));
        String stem = name.substring(0, name.length() - end.length());
        bucket(client).put(stem + ".md5", Bytes.utf8(md5));
        bucket(client).put(stem + ".checksum", Bytes.utf8(md5));
    }

    @Test
    void aDataFileOfAnotherBackupFailsTheRestore() {
        createTable(client, "");
        String arn = backUp(client);
        String first = key(contents(client), ".gz");
        bucket(client).put(first, otherFile());
        client.call("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}");
        Awaitility.await()
                .until(() -> client.callGramme("ListJobs", "{}")
                        .get("Jobs")
                        .valueStream()
                        .anyMatch(job -> job.get("State").asString().equals("FAILED")
                                && job.toString().contains(first + ": it was sealed with another key")));
    }

    /** The data file of another backup, under the same root key. */
    private Bytes otherFile() {
        try (Client other = client(BackupKeys.sealing(keys, OWNED))) {
            createTable(other, "");
            backUp(other);
            SortedMap<String, Bytes> files = contents(other);
            return files.getOrDefault(key(files, ".gz"), Bytes.EMPTY);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
