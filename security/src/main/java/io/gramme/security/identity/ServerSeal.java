package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;

/**
 * Seals the secrets of other parts with keys that are derived from the server key, as those of access keys are. The server
 * key is made with the first secret.
 */
public final class ServerSeal {
    private final Vault vault;

    ServerSeal(Vault vault) {
        this.vault = vault;
    }

    /**
     * @param purpose of the derived key
     * @param context that the sealed bytes belong to: they cannot be opened in another
     * @return empty if this server has no server key, and cannot make one by itself
     */
    public Optional<Bytes> seal(String purpose, String context, byte[] plain) {
        return vault.sealer().map(sealer -> sealer.seal(purpose, context, plain));
    }

    /** The plain bytes; empty if these were not sealed by this server's keys for this purpose and context. */
    public Optional<byte[]> open(String purpose, String context, Bytes sealed) {
        return vault.sealer().flatMap(sealer -> sealer.open(purpose, context, sealed));
    }

    /** Whether bytes are sealed with another server key than the current one, which should seal them anew. */
    public boolean isOlder(Bytes sealed) {
        return vault.sealer()
                .filter(sealer -> !Sealer.sealedBy(sealed)
                        .equals(Optional.of(sealer.keys().current().id())))
                .isPresent();
    }
}
