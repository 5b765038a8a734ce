package io.gramme.security;

import io.gramme.core.cache.BoundedCache;
import io.gramme.core.identity.Principal;
import io.gramme.security.identity.IdentityPolicies;
import io.gramme.security.identity.IdentityPolicies.PolicyText;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.InvalidPolicyException;
import io.gramme.security.policy.NamedPolicy;
import io.gramme.security.policy.Policy;
import io.gramme.security.policy.PolicyKind;
import io.gramme.security.policy.PolicySet;
import io.gramme.security.policy.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The policies of principals and resources, read once, and what they say of an action on a resource. All of it is found
 * by the texts or by their version, so a change of a policy needs no message to this. Safe for use by many threads.
 */
public final class CompiledPolicies {
    /** For each of the caches. */
    private static final long CACHE_BYTES = 16L << 20;

    /** Of the rules of one action: statements are those of the compiled texts. */
    private static final int RULES_BYTES = 4_000;

    /** What a policy takes, compiled, for each character. */
    private static final int BYTES_OF_CHARACTER = 16;

    private static final int TEXT_BYTES = 1_000;

    /** That of an index with the longest names, and some more. */
    private static final int LONGEST_RESOURCE = 1_024;

    private final Function<Principal, IdentityPolicies> identities;
    private final BoundedCache<Text, NamedPolicy> texts =
            new BoundedCache<>(CACHE_BYTES, (text, _) -> TEXT_BYTES + BYTES_OF_CHARACTER * text.text.length());
    private final BoundedCache<Key, Rules> rules = new BoundedCache<>(CACHE_BYTES, (_, _) -> RULES_BYTES);

    /** @param identities the policies of the identity behind a principal */
    public CompiledPolicies(Function<Principal, IdentityPolicies> identities) {
        this.identities = identities;
    }

    private record Text(PolicyKind kind, String name, String text) {}

    /** @param version of the identity's policies */
    private record Key(
            String principal,
            String id,
            long version,
            List<String> session,
            String action,
            String resource,
            Optional<String> policy) {}

    /**
     * What policies say of an action on a resource by a principal.
     *
     * @param resourcePolicy the text of the policy of the resource
     */
    Rules rules(AccessRequest request, Optional<String> resourcePolicy) {
        Principal principal = request.principal();
        IdentityPolicies own = identities.apply(principal);
        List<String> session =
                principal.session().map(Principal.Session::policies).orElse(List.of());
        var key = new Key(
                principal.arn(),
                principal.id(),
                own.version(),
                session,
                request.action(),
                request.resource(),
                resourcePolicy);
        Rules known = rules.get(key);
        if (known != null) {
            return known;
        }
        Rules made = Rules.of(policies(own, session, resourcePolicy), request);
        if (request.resource().length() > LONGEST_RESOURCE) {
            return made;
        }
        rules.put(key, made);
        return made;
    }

    /** All policies about a request of a principal. */
    public PolicySet policies(Principal principal, Optional<String> resourcePolicy) {
        return policies(
                identities.apply(principal),
                principal.session().map(Principal.Session::policies).orElse(List.of()),
                resourcePolicy);
    }

    private PolicySet policies(IdentityPolicies own, List<String> session, Optional<String> resourcePolicy) {
        List<NamedPolicy> identity = own.identity().stream()
                .map(text -> named(PolicyKind.IDENTITY, text))
                .toList();
        Optional<NamedPolicy> boundary = own.boundary().map(text -> named(PolicyKind.BOUNDARY, text));
        var sessions = new ArrayList<NamedPolicy>();
        session.forEach(text -> sessions.add(read(new Text(PolicyKind.SESSION, "session", text))));
        return new PolicySet(
                identity,
                boundary,
                sessions,
                resourcePolicy.map(text -> read(new Text(PolicyKind.RESOURCE, "resource", text))));
    }

    private NamedPolicy named(PolicyKind kind, PolicyText text) {
        return read(new Text(kind, text.arn().isEmpty() ? text.name() : text.arn(), text.text()));
    }

    private NamedPolicy read(Text text) {
        NamedPolicy known = texts.get(text);
        if (known != null) {
            return known;
        }
        var made = new NamedPolicy(text.name(), parse(text));
        texts.put(text, made);
        return made;
    }

    /** Policies are checked before they are stored. One that cannot be read all the same denies everything. */
    private static Policy parse(Text text) {
        try {
            return Policy.parse(text.text(), text.kind());
        } catch (InvalidPolicyException _) {
            return Policy.denyingEverything(text.kind());
        }
    }
}
