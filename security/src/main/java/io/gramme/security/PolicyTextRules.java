package io.gramme.security;

import io.gramme.security.identity.PolicyDocuments;
import io.gramme.security.policy.InvalidPolicyException;
import io.gramme.security.policy.Policy;
import io.gramme.security.policy.PolicyKind;
import java.util.Optional;

/** Checks the texts of identities' policies by the grammar that decides with them later. */
public final class PolicyTextRules implements PolicyDocuments {

    @Override
    public Optional<String> complaint(String text, Kind kind) {
        try {
            var _ = Policy.parse(
                    text,
                    switch (kind) {
                        case IDENTITY -> PolicyKind.IDENTITY;
                        case TRUST -> PolicyKind.TRUST;
                        case SESSION -> PolicyKind.SESSION;
                    });
            return Optional.empty();
        } catch (InvalidPolicyException invalid) {
            return Optional.of(invalid.reason());
        }
    }
}
