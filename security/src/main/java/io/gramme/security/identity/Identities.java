package io.gramme.security.identity;

import io.gramme.core.cache.BoundedCache;
import io.gramme.core.identity.AccessKeys;
import io.gramme.core.identity.Principal;
import io.gramme.security.identity.Entity.Group;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Entity.User;
import io.gramme.security.identity.IdentityPolicies.PolicyText;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.MillisecondClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * The identities of all accounts, as requests need them: keys with their principals, and the policies of a principal, from
 * caches that hold what was used lately. A change by this server is seen by its next request, one by another server after
 * a few seconds.
 *
 * <p>Safe for use by many threads.
 */
public final class Identities implements AccessKeys {
    /** For each of the caches. */
    private static final long CACHE_BYTES = 16L << 20;

    private static final long ABSENT_BYTES = 1L << 20;

    private static final int ACCOUNT_IN_ARN = 4;
    private static final Pattern KEY_ID = Pattern.compile("\\w{16,128}");

    private final IdentityStore store;
    private final Vault vault;
    private final MillisecondClock clock;
    private final AccountGenerations generations;
    private final KeyIds ids = new KeyIds();
    private final KeyUses uses;
    private final List<IntSupplier> others = new CopyOnWriteArrayList<>();
    private final Sessions sessions;
    private final BoundedCache<String, KnownKey> keys = new BoundedCache<>(CACHE_BYTES, (_, key) -> key.weight());
    private final BoundedCache<String, Absent> absent = new BoundedCache<>(ABSENT_BYTES, (id, _) -> 200 + id.length());
    private final BoundedCache<String, KnownUser> certified = new BoundedCache<>(CACHE_BYTES, (_, _) -> 1_000);
    private final BoundedCache<String, KnownPolicies> policies =
            new BoundedCache<>(CACHE_BYTES, (_, one) -> one.weight());

    private record KnownKey(String account, long generation, Found found, Optional<String> secret) {
        int weight() {
            return 1_000;
        }
    }

    /** That no key had an id: when this was seen, and after how many changes by this server. */
    private record Absent(long changes, long lookedAt) {}

    /** Apart from the keys: no signature may ever be compared with one of these. */
    private record KnownUser(long generation, Principal user) {}

    private record KnownPolicies(long generation, IdentityPolicies policies) {
        int weight() {
            return 500 + policies.weight();
        }
    }

    private Identities(RowStore rows, Vault vault, InstantSource clock) {
        this.vault = vault;
        this.clock = new MillisecondClock(clock);
        this.generations = new AccountGenerations(rows, clock);
        this.store = new IdentityStore(rows, generations::changed);
        this.uses = new KeyUses(rows, clock);
        this.sessions = new Sessions(vault, store, generations, clock, CACHE_BYTES);
    }

    /**
     * @param source of the server key; read now, and asked to make one when the first secret is sealed
     * @throws io.gramme.storage.StorageException in one sentence for an operator, if the stored secrets cannot be opened
     */
    public static Identities open(RowStore rows, ServerKeySource source, InstantSource clock) {
        return new Identities(rows, Vault.open(rows, source), clock);
    }

    public IdentityStore store() {
        return store;
    }

    public KeyIds ids() {
        return ids;
    }

    /** In the precision of the service. */
    public Instant now() {
        return clock.instant();
    }

    // Keys.

    @Override
    public Found find(String id, Optional<String> sessionToken) {
        KnownKey known = keys.get(id);
        if (known == null || known.generation != generations.current(known.account)) {
            if (!KEY_ID.matcher(id).matches()) {
                return new Found.Unknown();
            }
            if (id.startsWith(KeyIds.TEMPORARY)) {
                return sessions.find(id, sessionToken);
            }
            known = isKnownToBeAbsent(id) ? null : read(id).orElse(null);
            if (known == null) {
                return new Found.Unknown();
            }
            keys.put(id, known);
        }
        return sessionToken.isPresent() && known.secret.isPresent()
                ? new Found.WrongToken(known.secret.get())
                : known.found;
    }

    /** Whether this id was looked up lately without success, and this server has changed no identities since. */
    private boolean isKnownToBeAbsent(String id) {
        Absent found = absent.get(id);
        if (found == null || found.changes != generations.changes()) {
            return false;
        }
        long age = clock.instant().toEpochMilli() - found.lookedAt;
        return age >= 0 && age <= AccountGenerations.SOFT_AGE.toMillis();
    }

    private Optional<KnownKey> read(String id) {
        // Before the look: a key that is made meanwhile makes the absence void.
        var nothing = new Absent(generations.changes(), clock.instant().toEpochMilli());
        Optional<AccessKey> stored = store.key(id);
        if (stored.isEmpty()) {
            absent.put(id, nothing);
        }
        return stored.map(key -> {
            long generation = generations.current(key.account());
            // Again, because it may have changed before the generation was read.
            Found found = store.key(id).map(this::found).orElseGet(Found.Unknown::new);
            Optional<String> secret = found instanceof Found.Key one ? Optional.of(one.secret()) : Optional.empty();
            return new KnownKey(key.account(), generation, found, secret);
        });
    }

    private Found found(AccessKey key) {
        if (!key.active()) {
            return new Found.Unknown();
        }
        Optional<Principal> principal = key.user().isEmpty()
                ? Optional.of(Principal.root(key.account()))
                : store.user(key.account(), key.user()).map(Identities::principal);
        Optional<String> secret = vault.open(key);
        return principal.isPresent() && secret.isPresent()
                ? new Found.Key(secret.get(), principal.get())
                : new Found.Unknown();
    }

    private static Principal principal(User user) {
        Label label = user.label();
        return new Principal(
                Principal.Kind.USER, label.account(), label.arn(), label.id(), label.tags(), Optional.empty());
    }

    /** The user of an ARN, for a client that proved by other means than a key that it is this user. */
    public Optional<Principal> userOf(String arn) {
        KnownUser known = certified.get(arn);
        if (known == null || known.generation != generations.current(known.user.account())) {
            String[] parts = arn.split(":", -1);
            String account = parts[ACCOUNT_IN_ARN];
            long generation = generations.current(account);
            Optional<Principal> user = store.user(account, arn.substring(arn.lastIndexOf('/') + 1))
                    .map(Identities::principal)
                    .filter(found -> found.arn().equals(arn));
            if (user.isEmpty()) {
                return Optional.empty();
            }
            known = new KnownUser(generation, user.get());
            certified.put(arn, known);
        }
        return Optional.of(known.user);
    }

    /** Notes the use of a key by a request whose signature is right. Cheap; stored later by {@link #uses()}. */
    @Override
    public void used(String keyId, String service, String region) {
        uses.note(keyId, service, region);
    }

    /** The work of storing uses, which every server does for itself. */
    public BackgroundJob.Pass uses() {
        return uses;
    }

    /** Seals every stored secret under the current server key; returns how many it sealed anew. */
    public int resealAll() {
        return vault.resealAll()
                + others.stream().mapToInt(IntSupplier::getAsInt).sum();
    }

    /** The same key for the secrets of another part. */
    public ServerSeal seal() {
        return new ServerSeal(vault);
    }

    /** @param others seals the secrets of another part anew, and returns how many */
    public void alsoReseals(IntSupplier others) {
        this.others.add(others);
    }

    Optional<Sealer> sealer() {
        return vault.sealer();
    }

    // Policies.

    /** The policies of the user or role behind a principal. Session policies are in the principal itself. */
    public IdentityPolicies policiesOf(Principal principal) {
        return switch (principal.kind()) {
            case SERVER, ROOT -> IdentityPolicies.NONE;
            case USER, ROLE -> cached(principal);
        };
    }

    private IdentityPolicies cached(Principal principal) {
        // The unique id, because policies of a former identity of the same name are none of its own.
        String id = identityId(principal);
        long generation = generations.current(principal.account());
        KnownPolicies known = policies.get(id);
        if (known == null || known.generation != generation) {
            known = new KnownPolicies(generation, read(principal, id));
            policies.put(id, known);
        }
        return known.policies;
    }

    private static String identityId(Principal principal) {
        int colon = principal.id().indexOf(':');
        return colon < 0 ? principal.id() : principal.id().substring(0, colon);
    }

    /** The name of the user or role behind a principal. */
    public static String nameOf(Principal principal) {
        String[] parts = principal.arn().split("/", -1);
        return principal.kind() == Principal.Kind.ROLE ? parts[1] : parts[parts.length - 1];
    }

    private IdentityPolicies read(Principal principal, String id) {
        Label.Kind kind = principal.kind() == Principal.Kind.ROLE ? Label.Kind.ROLE : Label.Kind.USER;
        Optional<? extends Entity> entity = store.entity(kind, principal.account(), nameOf(principal));
        return entity.isPresent() && entity.get().label().id().equals(id)
                ? policiesOf(entity.get())
                : IdentityPolicies.NONE;
    }

    private IdentityPolicies policiesOf(Entity entity) {
        var found = new ArrayList<PolicyText>();
        add(found, entity.grants());
        if (entity instanceof User user) {
            for (String group : user.groups()) {
                Optional<Group> member = store.groupOf(user.label().account(), group);
                member.ifPresent(one -> add(found, one.grants()));
            }
        }
        return IdentityPolicies.of(found, entity.grants().boundary().map(this::boundary));
    }

    private void add(List<PolicyText> found, Grants grants) {
        for (Map.Entry<String, String> inline : grants.inline().entrySet()) {
            found.add(new PolicyText(inline.getKey(), "", inline.getValue()));
        }
        for (String arn : grants.attached()) {
            store.managed(arn).ifPresent(policy -> found.add(text(policy)));
        }
    }

    private PolicyText boundary(String arn) {
        return store.managed(arn)
                .map(Identities::text)
                .orElseGet(() -> new PolicyText("", arn, IdentityPolicies.DENY_ALL));
    }

    private static PolicyText text(ManagedPolicy policy) {
        return new PolicyText(
                policy.label().name(), policy.label().arn(), policy.inForce().text());
    }

    // Sessions.

    /** The ARN of a session of a role. */
    public static String sessionArn(String account, String role, String session) {
        return "arn:aws:sts::" + account + ":assumed-role/" + role + "/" + session;
    }

    /** Ends all sessions of a user or role that were made before now. */
    public boolean revokeSessions(String account, Label.Kind kind, String name) {
        Instant now = now();
        return store.change(account, edit -> {
            Optional<? extends Entity> found = edit.entity(kind, name);
            found.ifPresent(entity -> {
                switch (entity) {
                    case User user -> edit.put(user.revoked(now));
                    case Role role -> edit.put(role.revoked(now));
                    case Group _ -> throw new IllegalArgumentException("a group has no sessions");
                }
            });
            return found.isPresent();
        });
    }
}
