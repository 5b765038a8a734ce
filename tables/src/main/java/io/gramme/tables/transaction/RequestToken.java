package io.gramme.tables.transaction;

import io.gramme.core.bytes.Bytes;
import io.gramme.tables.table.AccountRegion;

/**
 * The idempotency token of a transaction: a client's name for it, so that a retry does not apply it twice.
 *
 * @param scope the kind of its request: tokens of two kinds are not compared
 * @param text the token as the client sent it, 1 to 36 characters
 * @param fingerprint of what the transaction does: two requests of one token must have the same
 */
public record RequestToken(AccountRegion accountRegion, Scope scope, String text, Bytes fingerprint) {

    /** The operation that a token belongs to. The service remembers the tokens of the two operations separately. */
    public enum Scope {
        ITEMS,
        STATEMENTS
    }

    /** Identifies the token among all others. */
    Bytes key() {
        return Bytes.utf8(String.join("/", accountRegion.account(), accountRegion.region(), scope.name(), text));
    }
}
