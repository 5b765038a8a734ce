package io.gramme.security.identity;

import io.gramme.storage.Consistency;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A number for each account that grows when its identities change: what a cache keeps of an account is valid while the
 * number is the one that the cache saw before it read. Changes of this server count at once; those of others when a
 * request asks and the last look at the account's row is older than {@link #SOFT_AGE}.
 */
final class AccountGenerations {
    /** One request looks again; the others go on meanwhile. */
    static final Duration SOFT_AGE = Duration.ofSeconds(2);

    /** All requests wait for that look. */
    static final Duration HARD_AGE = Duration.ofSeconds(5);

    private static final long NEVER = Long.MIN_VALUE;

    private final RowStore store;
    private final InstantSource clock;
    private final AtomicLong changes = new AtomicLong();
    private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();

    AccountGenerations(RowStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private static final class Account {
        final AtomicLong generation = new AtomicLong();
        final ReentrantLock look = new ReentrantLock();
        volatile long lookedAt = NEVER;
        volatile long version;
    }

    /** @param account that has something stored: accounts that are asked for are never forgotten */
    long current(String account) {
        Account known = accounts.computeIfAbsent(account, _ -> new Account());
        if (isOlder(known, SOFT_AGE)) {
            if (isOlder(known, HARD_AGE)) {
                known.look.lock();
                look(account, known);
            } else if (known.look.tryLock()) {
                look(account, known);
            }
        }
        return known.generation.get();
    }

    private boolean isOlder(Account known, Duration limit) {
        long lookedAt = known.lookedAt;
        long now = clock.millis();
        return lookedAt == NEVER || now - lookedAt > limit.toMillis() || now < lookedAt;
    }

    private void look(String account, Account known) {
        try {
            if (isOlder(known, SOFT_AGE)) {
                long now = clock.millis();
                long version = store.get(IdentityKeys.account(account), Consistency.STRONG)
                        .map(Row::version)
                        .orElse(NEVER);
                if (version != known.version) {
                    known.version = version;
                    known.generation.incrementAndGet();
                }
                known.lookedAt = now;
            }
        } finally {
            known.look.unlock();
        }
    }

    /** How often this server has changed any account. */
    long changes() {
        return changes.get();
    }

    /** This server has changed the account. */
    void changed(String account) {
        changes.incrementAndGet();
        accounts.computeIfAbsent(account, _ -> new Account()).generation.incrementAndGet();
    }
}
