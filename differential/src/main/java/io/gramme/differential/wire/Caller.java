package io.gramme.differential.wire;

/**
 * The caller of a request: access key, account and region.
 *
 * @param account the server's name of the account of the access key
 */
public record Caller(String accessKeyId, String account, String region) {
    public static final String REGION = "us-east-1";

    /** A caller of a Gramme, which takes an access key id of twelve digits for the account. */
    public static Caller ofAccount(String account) {
        return new Caller(account, account, REGION);
    }
}
