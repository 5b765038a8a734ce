package io.gramme.server.operation;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.EncryptionErrors;
import io.gramme.core.key.Blinding;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * The option of a new table that its partition keys are blind on the disk: a tag, so that every client of the service can ask for
 * it. It holds for the table's life.
 */
final class BlindKeys {
    static final String TAG = "gramme:blind-partition-keys";

    private BlindKeys() {}

    /** A new table as its tags want it, or as the table is from which it is restored. */
    static Table asWanted(Table table, Optional<Blinding> source, Tables tables) {
        String wanted = table.settings().tags().getOrDefault(TAG, "false");
        if (!wanted.equals("true") && !wanted.equals("false")) {
            throw EncryptionErrors.blindNeither(TAG);
        }
        if (source.isEmpty() && wanted.equals("false")) {
            return table;
        }
        if (!tables.keys().areSealed()) {
            if (source.isPresent()) {
                return table;
            }
            throw EncryptionErrors.blindInClear(TAG);
        }
        return table.withBlinding(Optional.of(new Blinding(secret())));
    }

    private static Bytes secret() {
        var secret = new byte[Blinding.SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return Bytes.wrap(secret);
    }

    /** Refuses a change of the tag. */
    static void requireSame(Map<String, String> before, Map<String, String> after) {
        if (!Optional.ofNullable(before.get(TAG)).equals(Optional.ofNullable(after.get(TAG)))) {
            throw EncryptionErrors.blindForLife(TAG);
        }
    }
}
