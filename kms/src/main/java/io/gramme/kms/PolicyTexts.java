package io.gramme.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.kms.key.Key;
import io.gramme.security.policy.InvalidPolicyException;
import io.gramme.security.policy.Policy;
import io.gramme.security.policy.PolicyKind;
import java.util.Optional;

/** Reads key policies from requests. */
final class PolicyTexts {
    private static final int MOST_BYTES = 32 << 10;

    private final Authority authority;

    PolicyTexts(Authority authority) {
        this.authority = authority;
    }

    /** The text of the member {@code Policy}, by the grammar that decides with it later. */
    Optional<String> read(KmsCall call) {
        Optional<String> text = call.optional("Policy", 1, Policy.MAX_CHARACTERS);
        text.ifPresent(given -> {
            if (given.getBytes(UTF_8).length > MOST_BYTES) {
                throw KmsErrors.limit("A key policy has at most " + MOST_BYTES + " bytes.");
            }
            try {
                var _ = Policy.parse(given, PolicyKind.RESOURCE);
            } catch (InvalidPolicyException invalid) {
                throw KmsErrors.malformedPolicy(invalid.reason());
            }
        });
        return text;
    }

    /** Refuses a policy that its caller could not replace, unless the request says that it may be so. */
    void requireAccess(KmsCall call, Key key, String policy) {
        if (!call.flag("BypassPolicyLockoutSafetyCheck") && !authority.keepsAccess(call, key, policy)) {
            throw KmsErrors.malformedPolicy(
                    "The new key policy will not allow you to update the key policy in the future.");
        }
    }
}
