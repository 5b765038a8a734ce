package io.gramme.recovery;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.RootKey;
import io.gramme.encryption.file.FileCipher;
import io.gramme.encryption.file.FileKey;
import io.gramme.tables.table.Settings.Encryption;
import io.gramme.tables.table.Table;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of the files of backups: each backup has one, under the root key that its table had when it was made. For use by any
 * thread; nothing is cached, since a key is asked for once with each file.
 */
public final class BackupKeys {
    private final KeyService service;
    private final Optional<String> owned;
    private final SecureRandom random = new SecureRandom();

    private BackupKeys(KeyService service, Optional<String> owned) {
        this.service = service;
        this.owned = owned;
    }

    /**
     * Of a server whose store is sealed: the files of its backups are, too.
     *
     * @param owned the root key of the tables for which no client chose one
     */
    public static BackupKeys sealing(KeyService service, String owned) {
        return new BackupKeys(service, Optional.of(owned));
    }

    /** Of a server whose store is not sealed. It writes files in clear, and opens those of others if it has their root key. */
    public static BackupKeys opening(KeyService service) {
        return new BackupKeys(service, Optional.empty());
    }

    /** Of a server without keys. */
    public static BackupKeys none() {
        return opening(new NoKeys());
    }

    boolean areSealing() {
        return owned.isPresent();
    }

    /**
     * Makes the key of a backup.
     *
     * @throws KeyUnusableException if the root key of the table cannot be used
     * @throws io.gramme.encryption.KeyServiceDownException if the key service does not answer
     */
    FileKey generate(Table source) {
        String rootKey = source.settings()
                .encryption()
                .map(Encryption::keyArn)
                .or(() -> owned)
                .orElseThrow();
        Map<String, String> context = Map.of(
                "aws:dynamodb:tableName",
                source.name(),
                "aws:dynamodb:subscriberId",
                source.accountRegion().account());
        return FileKey.generate(service, rootKey, context, random);
    }

    /**
     * @throws KeyUnusableException if the root key is not one of this server, or cannot be used
     * @throws io.gramme.encryption.KeyServiceDownException if the key service does not answer
     */
    FileCipher open(FileKey key) {
        return FileCipher.of(key, service);
    }

    private static final class NoKeys implements KeyService {
        private static KeyUnusableException none() {
            return new KeyUnusableException(KeyUnusableException.Reason.NOT_FOUND, "this server has no keys");
        }

        @Override
        public RootKey describe(String keyId) {
            throw none();
        }

        @Override
        public GeneratedKey generate(String arn, Map<String, String> context) {
            throw none();
        }

        @Override
        public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
            throw none();
        }
    }
}
