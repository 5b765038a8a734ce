package io.gramme.server;

import io.gramme.delivery.trigger.LetterCoding;
import io.gramme.encryption.EncryptedStore;
import io.gramme.encryption.OwnedKeys;
import io.gramme.encryption.file.SealedLines;
import io.gramme.recovery.BackupKeys;
import io.gramme.security.identity.ServerKeySource;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of what a server writes beside its store: it is encrypted if the store is.
 *
 * @param backups of the files of backups
 * @param letters of the failure records of triggers
 */
record FileEncryption(BackupKeys backups, LetterCoding letters) {
    static FileEncryption of(ServerOptions options, Optional<EncryptedStore> store) {
        return store.map(FileEncryption::under)
                .orElseGet(() -> new FileEncryption(opening(SecurityParts.keySource(options)), LetterCoding.CLEAR));
    }

    private static FileEncryption under(EncryptedStore store) {
        // A customer's key that is gone must not hold up a trigger: failure records are under the key of the server.
        var lines = SealedLines.under(
                store.keyService(), OwnedKeys.ARN, Map.of("gramme:purpose", "failure records of triggers"));
        return new FileEncryption(BackupKeys.sealing(store.keyService(), OwnedKeys.ARN), lines::seal);
    }

    /** A server whose store is not encrypted restores the backups of others that had its server key. */
    private static BackupKeys opening(ServerKeySource source) {
        return source.find()
                .map(keys -> BackupKeys.opening(StoreEncryption.keys(keys)))
                .orElseGet(BackupKeys::none);
    }
}
