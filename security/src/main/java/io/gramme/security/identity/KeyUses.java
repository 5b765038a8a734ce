package io.gramme.security.identity;

import io.gramme.storage.Outcome;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notes when access keys are used, in the grain of minutes, and stores that later, away from any request. */
final class KeyUses implements BackgroundJob.Pass {
    private static final Duration REST = Duration.ofSeconds(60);

    /** Uses of further keys in one minute are not noted. */
    private static final int MOST = 100_000;

    private final RowStore store;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, AccessKey.Use> uses = new ConcurrentHashMap<>();

    KeyUses(RowStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    void note(String keyId, String service, String region) {
        AccessKey.Use known = uses.get(keyId);
        Instant now = clock.instant();
        boolean isNoted = known != null
                && now.isBefore(known.at().plus(1, ChronoUnit.MINUTES))
                && known.service().equals(service)
                && known.region().equals(region);
        if (!isNoted && (known != null || uses.size() < MOST)) {
            uses.put(keyId, new AccessKey.Use(now.truncatedTo(ChronoUnit.MINUTES), service, region));
        }
    }

    @Override
    public Duration run() {
        for (var noted : List.copyOf(uses.entrySet())) {
            store(noted.getKey(), noted.getValue());
            uses.remove(noted.getKey(), noted.getValue());
        }
        return REST;
    }

    private void store(String keyId, AccessKey.Use use) {
        RowKey key = IdentityKeys.key(keyId);
        RowKey row = IdentityKeys.use(keyId);
        var _ = store.transact(Set.of(key, row), current -> {
            boolean isThere = Transition.row(current, key).isPresent();
            boolean isOlder = Transition.row(current, row)
                    .map(found -> IdentityCodec.use(found.value()))
                    .filter(found -> !found.at().isBefore(use.at()))
                    .isPresent();
            return isThere && !isOlder
                    ? new Outcome<>(List.of(new Write.Put(row, IdentityCodec.encode(use))), true)
                    : Outcome.unchanged(false);
        });
    }
}
