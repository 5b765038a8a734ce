package io.gramme.server.transaction;

import io.gramme.core.bytes.Bytes;
import io.gramme.server.table.AccountRegion;

/**
 * The name that a client gave a transaction, lest it be done twice.
 *
 * @param scope which kind of request it came with: tokens of two kinds are not compared
 * @param text in the client's words, 1 to 36 characters
 * @param fingerprint of what the transaction does: two requests of one token must have the same
 */
public record RequestToken(AccountRegion accountRegion, Scope scope, String text, Bytes fingerprint) {

    /** Where a token counts. The service remembers those of the two operations apart. */
    public enum Scope {
        ITEMS,
        STATEMENTS
    }

    /** Names the token among all others. */
    Bytes key() {
        return Bytes.utf8(String.join("/", accountRegion.account(), accountRegion.region(), scope.name(), text));
    }
}
