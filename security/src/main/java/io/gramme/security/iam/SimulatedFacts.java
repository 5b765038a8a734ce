package io.gramme.security.iam;

import io.gramme.core.identity.Principal;
import io.gramme.security.identity.Identities;
import io.gramme.security.policy.ConditionContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The facts that a simulation has: those of the request for it, then those of the principal.
 *
 * @param principal absent if nothing is known of it
 */
record SimulatedFacts(Entries entries, Optional<Principal> principal) {
    private static final String TAG = "aws:principaltag/";

    /** Values by keys, whose names have no case. */
    static final class Entries {
        private final Map<String, List<String>> values = new HashMap<>();

        void put(String key, List<String> all) {
            values.put(key.toLowerCase(Locale.ROOT), List.copyOf(all));
        }
    }

    /** A context that notes the keys which are asked for and not there. */
    static final class Recording implements ConditionContext {
        private final SimulatedFacts facts;
        private final Set<String> missing = new TreeSet<>();

        private Recording(SimulatedFacts facts) {
            this.facts = facts;
        }

        @Override
        public Optional<List<String>> values(String key) {
            Optional<List<String>> found = facts.values(key);
            if (found.isEmpty()) {
                missing.add(key);
            }
            return found;
        }

        Set<String> missing() {
            return missing;
        }
    }

    Recording recording() {
        return new Recording(this);
    }

    private Optional<List<String>> values(String key) {
        return Optional.ofNullable(entries.values.get(key))
                .or(() -> principal.flatMap(known -> ofPrincipal(known, key)).map(List::of));
    }

    private static Optional<String> ofPrincipal(Principal principal, String key) {
        boolean role = principal.kind() == Principal.Kind.ROLE;
        if (key.startsWith(TAG)) {
            return principal.tags().entrySet().stream()
                    .filter(tag -> tag.getKey().equalsIgnoreCase(key.substring(TAG.length())))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
        return switch (key) {
            case "aws:principalarn" -> Optional.of(principal.identityArn());
            case "aws:principalaccount" -> Optional.of(principal.account());
            case "aws:principaltype" -> Optional.of(role ? "AssumedRole" : "User");
            case "aws:userid" -> Optional.of(principal.id()).filter(id -> !id.equals("-"));
            case "aws:username" -> role ? Optional.empty() : Optional.of(Identities.nameOf(principal));
            default -> Optional.empty();
        };
    }
}
