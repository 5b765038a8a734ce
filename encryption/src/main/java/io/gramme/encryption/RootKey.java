package io.gramme.encryption;

/**
 * A key of a key service.
 *
 * @param arn of the key itself, also where it was named by an alias
 * @param owner who made the key: only a customer's can be named in a request for a table
 * @param symmetric whether it encrypts and decrypts with one key of 256 bits, as the key of a table must
 */
public record RootKey(String arn, Owner owner, boolean enabled, boolean symmetric) {
    public enum Owner {
        /** {@code alias/aws/dynamodb}, made for an account and region at its first use. */
        AWS,
        CUSTOMER
    }
}
