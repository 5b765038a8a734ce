package io.gramme.security.identity;

import java.time.Instant;

/** Makes sessions: temporary credentials that no store remembers. */
public final class SessionMint {
    private static final int PERCENT = 100;

    private final Identities identities;

    public SessionMint(Identities identities) {
        this.identities = identities;
    }

    /** What became of a wish for a session. */
    public sealed interface Result {
        /** @param packedPercent how much of the room for policies and tags is used */
        record Made(String keyId, String secret, String token, Instant expires, int packedPercent) implements Result {
            /** Without the secret. */
            @Override
            public String toString() {
                return keyId;
            }
        }

        record TooLarge(int packedPercent) implements Result {}

        /** This server has no server key. */
        record NoServerKey() implements Result {}
    }

    public Result make(SessionToken session) {
        byte[] packed = session.packed();
        int percent = (packed.length * PERCENT + SessionToken.MOST_PACKED - 1) / SessionToken.MOST_PACKED;
        if (percent > PERCENT) {
            return new Result.TooLarge(percent);
        }
        return identities
                .sealer()
                .<Result>map(sealer -> {
                    String keyId = identities.ids().temporary();
                    return new Result.Made(
                            keyId,
                            Sealer.sessionSecret(sealer.keys().current(), keyId),
                            SessionToken.seal(sealer, keyId, packed),
                            session.expires(),
                            percent);
                })
                .orElseGet(Result.NoServerKey::new);
    }
}
