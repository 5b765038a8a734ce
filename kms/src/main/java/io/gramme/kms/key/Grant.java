package io.gramme.kms.key;

import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.tables.table.AccountRegion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The right of a principal to do some operations with a key, beside what policies say.
 *
 * @param home of the key
 * @param id 64 hexadecimal digits
 * @param operations by the names of the service
 * @param name that makes a repeated request for the same grant one grant
 */
public record Grant(
        AccountRegion home,
        String keyId,
        String id,
        Optional<String> name,
        String grantee,
        Optional<String> retiring,
        String issuer,
        List<String> operations,
        Optional<Constraint> constraint,
        Instant created) {

    /**
     * What the encryption context of an operation must be.
     *
     * @param isWhole whether it must be this context, and not only contain it
     */
    public record Constraint(boolean isWhole, EncryptionContext context) {
        boolean admits(EncryptionContext given) {
            return isWhole ? given.equals(context) : given.covers(context);
        }
    }

    public Grant {
        operations = List.copyOf(operations);
    }

    /** Whether it allows an operation, without regard to who asks. */
    public boolean allows(String operation, EncryptionContext context) {
        return operations.contains(operation)
                && constraint.map(one -> one.admits(context)).orElse(true);
    }

    /** Whether another grant says the same. */
    public boolean isLike(Grant other) {
        return keyId.equals(other.keyId)
                && name.equals(other.name)
                && grantee.equals(other.grantee)
                && retiring.equals(other.retiring)
                && issuer.equals(other.issuer)
                && operations.equals(other.operations)
                && constraint.equals(other.constraint);
    }
}
