package io.gramme.security.identity;

import io.gramme.core.cache.BoundedCache;
import io.gramme.core.identity.AccessKeys.Found;
import io.gramme.core.identity.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the keys of sessions: in their tokens, and never in the store but to see that the identity behind them is there. */
final class Sessions {
    private final Vault vault;
    private final IdentityStore store;
    private final AccountGenerations generations;
    private final InstantSource clock;
    private final BoundedCache<Named, Known> cache;

    /** How a request names a session. */
    private record Named(String keyId, String token) {}

    /** @param found empty if the identity behind the session is gone */
    private record Known(SessionToken.Opened opened, long generation, Optional<Found> found) {
        int weight() {
            return 2_000
                    + opened.token().policies().stream()
                            .mapToInt(String::length)
                            .sum();
        }
    }

    Sessions(Vault vault, IdentityStore store, AccountGenerations generations, InstantSource clock, long cacheBytes) {
        this.vault = vault;
        this.store = store;
        this.generations = generations;
        this.clock = clock;
        this.cache = new BoundedCache<>(cacheBytes, (name, known) -> name.token.length() + known.weight());
    }

    Found find(String keyId, Optional<String> token) {
        Optional<Sealer> sealer = vault.sealer();
        if (sealer.isEmpty()) {
            return new Found.Unknown();
        }
        if (token.isEmpty()) {
            return wrong(sealer.get(), keyId);
        }
        var name = new Named(keyId, token.get());
        Known known = cache.get(name);
        if (known == null
                || known.generation != generations.current(known.opened.token().account())) {
            Optional<SessionToken.Opened> opened =
                    known == null ? SessionToken.open(sealer.get(), keyId, token.get()) : Optional.of(known.opened);
            if (opened.isEmpty()) {
                return wrong(sealer.get(), keyId);
            }
            known = known(opened.get());
            cache.put(name, known);
        }
        String secret = known.opened.secret();
        if (!clock.instant().isBefore(known.opened.token().expires())) {
            return new Found.Expired(secret);
        }
        return known.found.orElseGet(() -> new Found.WrongToken(secret));
    }

    private static Found wrong(Sealer sealer, String keyId) {
        return new Found.WrongToken(Sealer.sessionSecret(sealer.keys().current(), keyId));
    }

    private Known known(SessionToken.Opened opened) {
        SessionToken token = opened.token();
        long generation = generations.current(token.account());
        return new Known(opened, generation, found(token, opened.secret()));
    }

    private Optional<Found> found(SessionToken token, String secret) {
        if (token.name().isEmpty()) {
            Principal root = Principal.root(token.account());
            return Optional.of(new Found.Key(
                    secret,
                    new Principal(root.kind(), root.account(), root.arn(), root.id(), Map.of(), session(token, ""))));
        }
        return store.entity(token.kind(), token.account(), token.name())
                .filter(entity -> entity.label().id().equals(token.identityId()))
                .map(entity -> isRevoked(entity, token)
                        ? new Found.Expired(secret)
                        : new Found.Key(secret, principal(entity, token)));
    }

    private static boolean isRevoked(Entity entity, SessionToken token) {
        Optional<Instant> before = switch (entity) {
            case Entity.User user -> user.revokedBefore();
            case Entity.Role role -> role.revokedBefore();
            case Entity.Group _ -> Optional.empty();
        };
        return before.filter(token.issued()::isBefore).isPresent();
    }

    private Principal principal(Entity entity, SessionToken token) {
        var tags = new HashMap<>(entity.label().tags());
        // Tag keys are the same in any case of their letters.
        token.tags().forEach((key, value) -> {
            tags.keySet().removeIf(key::equalsIgnoreCase);
            tags.put(key, value);
        });
        Label label = entity.label();
        return token.kind() == Label.Kind.ROLE
                ? new Principal(
                        Principal.Kind.ROLE,
                        label.account(),
                        Identities.sessionArn(label.account(), label.name(), token.session()),
                        label.id() + ":" + token.session(),
                        tags,
                        session(token, label.arn()))
                : new Principal(
                        Principal.Kind.USER, label.account(), label.arn(), label.id(), tags, session(token, ""));
    }

    private Optional<Principal.Session> session(SessionToken token, String role) {
        List<String> policies = new ArrayList<>(token.policies());
        for (String arn : token.policyArns()) {
            policies.add(store.managed(arn).map(one -> one.inForce().text()).orElse(IdentityPolicies.DENY_ALL));
        }
        return Optional.of(new Principal.Session(
                token.session(),
                token.issued(),
                token.expires(),
                policies,
                false,
                token.sourceIdentity(),
                new HashSet<>(token.transitive()),
                role));
    }
}
