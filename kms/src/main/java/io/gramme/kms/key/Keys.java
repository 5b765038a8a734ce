package io.gramme.kms.key;

import io.gramme.core.bytes.Bytes;
import io.gramme.kms.cipher.KeyPairs;
import io.gramme.kms.cipher.KeySpec;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.security.identity.ServerSeal;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of all accounts, with their secrets opened, from a cache of those that were used lately. A change by this server
 * is seen by its next request, one by another server after {@link #AGE_MILLIS}.
 *
 * <p>Safe for use by many threads.
 */
public final class Keys {
    static final long AGE_MILLIS = 2_000;

    /** The name of the key that DynamoDB uses for tables without a key of their own. */
    public static final String MANAGED_ALIAS = "alias/aws/dynamodb";

    private static final String PURPOSE = "gramme kms material";
    private static final int MATERIAL_ID = 32;

    /** Some kilobytes each; with the longest policy and description fifty. */
    private static final int MOST_OPENED = 500;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyStore store;
    private final ServerSeal seal;
    private final MillisecondClock clock;
    private final Map<Place, Cached> cache = new ConcurrentHashMap<>();

    public Keys(KeyStore store, ServerSeal seal, InstantSource clock) {
        this.store = store;
        this.seal = seal;
        this.clock = new MillisecondClock(clock);
    }

    private record Place(AccountRegion home, String id) {}

    private record Cached(OpenKey key, long read, long changes) {}

    public KeyStore store() {
        return store;
    }

    public ServerSeal seal() {
        return seal;
    }

    /** In the precision of the service. */
    public Instant now() {
        return clock.instant();
    }

    /** A key as it is now; empty if there is none, or it is gone by the date of its deletion. */
    public Optional<Key> find(AccountRegion home, String id) {
        return store.key(home, id).filter(key -> !key.isGone(now()));
    }

    /** A key for use; empty if there is none, or it is gone by the date of its deletion. */
    public Optional<OpenKey> open(AccountRegion home, String id) {
        long now = clock.millis();
        var place = new Place(home, id);
        Cached known = cache.get(place);
        boolean isFresh = known != null
                && known.changes == store.changes()
                && now >= known.read
                && now - known.read <= AGE_MILLIS;
        if (known == null || !isFresh) {
            known = read(place, now).orElse(null);
        }
        if (known == null) {
            cache.remove(place);
            return Optional.empty();
        }
        return Optional.of(known.key).filter(open -> !open.key().isGone(now()));
    }

    private Optional<Cached> read(Place place, long now) {
        // Before the row, so that a change during the read makes it old.
        long changes = store.changes();
        Optional<Cached> read = store.key(place.home, place.id).map(key -> new Cached(opened(key), now, changes));
        read.ifPresent(fresh -> {
            if (cache.size() >= MOST_OPENED) {
                cache.clear();
            }
            cache.put(place, fresh);
        });
        return read;
    }

    private OpenKey opened(Key key) {
        var secrets = new HashMap<String, byte[]>();
        key.materials()
                .forEach(material -> seal.open(PURPOSE, context(key, material.id()), material.sealed())
                        .ifPresent(secret -> secrets.put(material.id(), secret)));
        return new OpenKey(key, secrets);
    }

    private static String context(Key key, String materialId) {
        return key.arn() + " " + materialId;
    }

    // New keys.

    /**
     * A new key, which is not stored yet; empty if this server has no server key to seal it with.
     *
     * @param policy the text of its key policy
     */
    public Optional<Key> make(
            AccountRegion home, KeySpec spec, KeyUsage usage, boolean isManaged, String description, String policy) {
        var key = new Key(
                home,
                UUID.randomUUID().toString(),
                spec,
                usage,
                isManaged,
                now(),
                description,
                Key.Status.NEW,
                policy,
                Map.of(),
                List.of());
        return material(key, Material.Origin.FIRST).map(key::with);
    }

    /** New material for a key; empty if this server has no server key to seal it with. */
    public Optional<Material> material(Key key, Material.Origin origin) {
        String id = HexFormat.of().formatHex(random(MATERIAL_ID));
        byte[] secret;
        Bytes publicKey;
        if (key.spec().isPair()) {
            KeyPairs.Encoded pair = KeyPairs.generate(key.spec());
            secret = pair.privateKey().toArray();
            publicKey = pair.publicKey();
        } else {
            secret = random(key.spec().bytes());
            publicKey = Bytes.EMPTY;
        }
        return seal.seal(PURPOSE, context(key, id), secret)
                .map(hidden -> new Material(id, now(), origin, hidden, publicKey));
    }

    public static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** The AWS managed key for DynamoDB of an account and region, made at its first use; empty without a server key. */
    public Optional<Key> managed(AccountRegion home) {
        Optional<Key> known = store.alias(home, MANAGED_ALIAS).flatMap(alias -> store.key(home, alias.keyId()));
        if (known.isPresent()) {
            return known;
        }
        String description = "Default key that protects my DynamoDB data when no other key is defined";
        return make(
                        home,
                        KeySpec.SYMMETRIC_DEFAULT,
                        KeyUsage.ENCRYPT_DECRYPT,
                        true,
                        description,
                        KeyPolicies.ofManaged(home))
                .map(made -> store.change(home, made.id(), edit -> {
                    // Of two requests that come first, one makes the key.
                    Optional<Key> other = edit.alias(MANAGED_ALIAS).flatMap(alias -> edit.key(alias.keyId()));
                    if (other.isPresent()) {
                        return other.get();
                    }
                    edit.put(made);
                    edit.put(new Alias(home, MANAGED_ALIAS, made.id(), made.created(), made.created()));
                    return made;
                }));
    }

    /**
     * Seals every secret anew that is not sealed with the current server key.
     *
     * @return how many it sealed
     */
    public int resealAll() {
        var older = new ArrayList<Place>();
        store.sweep(key -> {
            if (key.materials().stream().anyMatch(one -> seal.isOlder(one.sealed()))) {
                older.add(new Place(key.home(), key.id()));
            }
        });
        int count = 0;
        for (Place place : older) {
            count += store.change(
                    place.home,
                    place.id,
                    edit -> edit.key(place.id)
                            .map(key -> {
                                List<Material> anew = key.materials().stream()
                                        .map(one -> resealed(key, one))
                                        .toList();
                                edit.put(key.withMaterials(anew));
                                return (int) anew.stream()
                                        .filter(one -> !key.materials().contains(one))
                                        .count();
                            })
                            .orElse(0));
        }
        return count;
    }

    private Material resealed(Key key, Material material) {
        if (!seal.isOlder(material.sealed())) {
            return material;
        }
        String context = context(key, material.id());
        return seal.open(PURPOSE, context, material.sealed())
                .flatMap(secret -> seal.seal(PURPOSE, context, secret))
                .map(material::sealed)
                .orElse(material);
    }
}
