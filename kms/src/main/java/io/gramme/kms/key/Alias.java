package io.gramme.kms.key;

import io.gramme.tables.table.AccountRegion;
import java.time.Instant;

/**
 * Another name of a key.
 *
 * @param name with the word {@code alias/} before it
 * @param keyId of a key of the same account and region
 */
public record Alias(AccountRegion home, String name, String keyId, Instant created, Instant updated) {
    /** The ARN of an alias of an account and region. */
    public static String arn(AccountRegion home, String name) {
        return "arn:aws:kms:" + home.region() + ":" + home.account() + ":" + name;
    }

    public String arn() {
        return arn(home, name);
    }
}
