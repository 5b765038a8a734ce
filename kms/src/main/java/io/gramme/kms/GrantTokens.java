package io.gramme.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.ServiceException;
import io.gramme.core.bytes.Bytes;
import io.gramme.kms.key.Grant;
import io.gramme.security.identity.ServerSeal;
import io.gramme.tables.table.AccountRegion;
import java.util.Base64;

/**
 * Tokens that name grants, sealed so that no one can make up one. A grant holds from when it is stored, so a token adds
 * nothing to it but a way to retire it.
 */
final class GrantTokens {
    private static final String PURPOSE = "gramme kms grant token";
    private static final int PARTS = 4;

    private final ServerSeal seal;

    GrantTokens(ServerSeal seal) {
        this.seal = seal;
    }

    /** A grant that a token names, which may have been retired. */
    record Named(AccountRegion home, String keyId, String grantId) {}

    String of(Grant grant) {
        String text = String.join(" ", grant.home().account(), grant.home().region(), grant.keyId(), grant.id());
        Bytes sealed = seal.seal(PURPOSE, "", text.getBytes(UTF_8)).orElseThrow(KmsErrors::noServerKey);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.shared());
    }

    /** @throws ServiceException if it is no token of this server */
    Named require(String token) {
        try {
            Bytes sealed = Bytes.wrap(Base64.getUrlDecoder().decode(token));
            String text = new String(seal.open(PURPOSE, "", sealed).orElseThrow(GrantTokens::invalid), UTF_8);
            String[] parts = text.split(" ", PARTS);
            return new Named(new AccountRegion(parts[0], parts[1]), parts[2], parts[3]);
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
    }

    private static ServiceException invalid() {
        return KmsErrors.of("InvalidGrantTokenException", "The grant token is not valid.");
    }
}
