package io.gramme.tables.transaction;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.TransactionErrors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens of the active transactions in this process. */
final class TokensInUse {
    private final Map<Bytes, Bytes> fingerprints = new ConcurrentHashMap<>();

    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Refuses a token that another request is using, whether or not the two requests have the same fingerprint. */
    Held take(RequestToken token) {
        Bytes key = token.key();
        Bytes other = fingerprints.putIfAbsent(key, token.fingerprint());
        if (other != null) {
            throw other.equals(token.fingerprint())
                    ? TransactionErrors.inProgress()
                    : TransactionErrors.parameterMismatch();
        }
        return () -> fingerprints.remove(key);
    }
}
