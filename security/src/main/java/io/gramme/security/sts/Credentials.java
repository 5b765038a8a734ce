package io.gramme.security.sts;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.SessionMint;
import io.gramme.security.identity.SessionMint.Result;
import io.gramme.security.identity.SessionToken;
import java.time.temporal.ChronoUnit;

/** Makes temporary credentials, or says why there are none. */
final class Credentials {
    private final SessionMint mint;

    Credentials(Identities identities) {
        this.mint = new SessionMint(identities);
    }

    Result.Made of(SessionToken session) {
        return switch (mint.make(session)) {
            case Result.Made made -> made;
            case Result.TooLarge(int percent) -> throw StsErrors.packedPolicyTooLarge(percent);
            case Result.NoServerKey() -> throw StsErrors.noServerKey();
        };
    }

    static Document.Structure shape(Result.Made made) {
        return new Output()
                .put("AccessKeyId", made.keyId())
                .put("SecretAccessKey", made.secret())
                .put("SessionToken", made.token())
                .put("Expiration", made.expires().truncatedTo(ChronoUnit.SECONDS))
                .done();
    }
}
