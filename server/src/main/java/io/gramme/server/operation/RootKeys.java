package io.gramme.server.operation;

import static java.util.Objects.requireNonNull;

import io.gramme.api.SSESpecification;
import io.gramme.core.error.EncryptionErrors;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.RootKey;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Settings.Encryption;
import io.gramme.tables.table.Table;
import java.util.Optional;

/**
 * The root keys that requests name for tables. An alias is resolved once, when it is named: what it names later does
 * nothing to a table.
 *
 * @param scope how a key is named that a request names without account and region
 */
public record RootKeys(KeyService service, Scope scope) {
    private static final String MANAGED = "alias/aws/dynamodb";

    /** In which account and region a key service looks for a key that is named without them. */
    public enum Scope {
        /** Those of the caller: the key service has the accounts of this server. */
        CALLER,
        /** Those of this server's own credentials at the key service. */
        SERVICE
    }

    /** The root key that a request asks for; empty for the one that the server owns. */
    Optional<String> asked(Optional<SSESpecification> given, AccountRegion accountRegion) {
        return given.filter(SettingsRules::asksForEncryption)
                .map(specification ->
                        usable(named(specification.kmsMasterKeyId().orElse(MANAGED), accountRegion)));
    }

    /** Refuses to read what is under the key of a table, if that cannot be used. */
    void requireUsable(Table table) {
        table.settings().encryption().map(Encryption::keyArn).ifPresent(this::usable);
    }

    private String named(String id, AccountRegion accountRegion) {
        if (id.startsWith("arn:") || scope == Scope.SERVICE) {
            return id;
        }
        String prefix = "arn:aws:kms:" + accountRegion.region() + ":" + accountRegion.account() + ":";
        return prefix + (id.startsWith("alias/") ? id : "key/" + id);
    }

    /** The ARN of a key that can be the root key of a table. */
    private String usable(String id) {
        RootKey key = described(id);
        if (!key.symmetric()) {
            throw EncryptionErrors.keyNotSymmetric(key.arn());
        }
        if (!key.enabled()) {
            throw EncryptionErrors.keyInvalid("DisabledException", key.arn() + " is disabled.");
        }
        return key.arn();
    }

    private RootKey described(String id) {
        try {
            return service.describe(id);
        } catch (KeyUnusableException e) {
            throw switch (e.reason()) {
                case ACCESS_DENIED -> EncryptionErrors.keyAccessDenied();
                case NOT_FOUND -> EncryptionErrors.keyInvalid("NotFoundException", requireNonNull(e.getMessage()));
                case DISABLED -> EncryptionErrors.keyInvalid("DisabledException", requireNonNull(e.getMessage()));
                case INVALID_STATE, INVALID_CIPHERTEXT ->
                    EncryptionErrors.keyInvalid("KMSInvalidStateException", requireNonNull(e.getMessage()));
            };
        }
    }
}
