package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A table key in memory. While it is used, its key service is asked every few minutes whether it still may be: by one thread, while
 * requests go on. If the service refuses, the key is dropped at once; if it does not answer, the key is used for a time of grace.
 *
 * <p>For use by any thread. Only {@link #open} and {@link #check} call the key service in the caller's thread.
 */
final class OpenTableKey {
    /** How exactly the time of the last use is known. */
    static final long TOUCH_MILLIS = 1_000;

    private static final System.Logger LOG = System.getLogger(OpenTableKey.class.getName());

    private final TableKey key;
    private final KeyService service;
    private final KeyRules rules;
    private final long revalidationMillis;
    private final AtomicBoolean validating = new AtomicBoolean();
    private final ReentrantLock calling = new ReentrantLock();
    private volatile Optional<GcmKey> open = Optional.empty();
    private volatile Optional<KeyUnusableException> refusal = Optional.empty();
    private volatile long refusedMillis;
    private volatile long validatedMillis;
    private volatile long usedMillis;

    OpenTableKey(TableKey key, KeyService service, KeyRules rules) {
        this.key = key;
        this.service = service;
        this.rules = rules;
        // Not all at once, for many tables that came into use together.
        this.revalidationMillis = (long)
                (rules.revalidation().toMillis() * ThreadLocalRandom.current().nextDouble(0.8, 1));
    }

    TableKey key() {
        return key;
    }

    private boolean isOwned() {
        return key.rootKey().equals(OwnedKeys.ARN);
    }

    boolean isOpen() {
        return open.isPresent();
    }

    /** Whether keys under it may be used now without a call to the key service, and if so, that they are. */
    boolean use(long nowMillis) {
        if (isOwned()) {
            return open.isPresent();
        }
        if (!mayBeUsed(nowMillis)) {
            return false;
        }
        if (nowMillis - usedMillis >= TOUCH_MILLIS) {
            usedMillis = nowMillis;
        }
        if (nowMillis - validatedMillis >= revalidationMillis) {
            validateBeside(nowMillis);
        }
        return true;
    }

    private boolean mayBeUsed(long nowMillis) {
        return open.isPresent()
                && nowMillis - usedMillis < rules.idle().toMillis()
                && nowMillis - validatedMillis
                        < rules.revalidation().plus(rules.grace()).toMillis();
    }

    private void validateBeside(long nowMillis) {
        if (validating.compareAndSet(false, true)) {
            Thread.ofVirtual().name("gramme-table-key").start(() -> {
                try {
                    check(nowMillis);
                } catch (KeyUnusableException | KeyServiceDownException e) {
                    LOG.log(
                            Level.WARNING,
                            "Cannot validate a table key: root=" + key.rootKey() + " cause=" + e.getMessage());
                } finally {
                    validating.set(false);
                }
            });
        }
    }

    /**
     * Opens the key, if it may not be used already.
     *
     * @throws KeyUnusableException if the key service refuses
     * @throws KeyServiceDownException if it does not answer
     */
    GcmKey open(long nowMillis) {
        calling.lock();
        try {
            if (open.isPresent() && use(nowMillis)) {
                return open.get();
            }
            Optional<KeyUnusableException> refused = refusal;
            if (refused.isPresent()
                    && nowMillis - refusedMillis < rules.refusal().toMillis()) {
                throw new KeyUnusableException(
                        refused.get().reason(), String.valueOf(refused.get().getMessage()));
            }
            usedMillis = nowMillis;
            return check(nowMillis);
        } finally {
            calling.unlock();
        }
    }

    /** Asks the key service now. */
    GcmKey check(long nowMillis) {
        try {
            Bytes clear = service.unwrap(key.rootKey(), key.wrapped(), key.context());
            GcmKey found = open.orElseGet(() -> new GcmKey(clear.shared()));
            open = Optional.of(found);
            refusal = Optional.empty();
            validatedMillis = nowMillis;
            return found;
        } catch (KeyUnusableException e) {
            refusedMillis = nowMillis;
            refusal = Optional.of(e);
            open = Optional.empty();
            throw e;
        }
    }

    /** Validates it if that is due; returns whether it is still in memory. */
    boolean pass(long nowMillis) {
        if (isOwned() || open.isEmpty()) {
            return isOwned() || nowMillis - refusedMillis < rules.refusal().toMillis();
        }
        if (nowMillis - usedMillis >= rules.idle().toMillis()) {
            open = Optional.empty();
            return false;
        }
        if (nowMillis - validatedMillis >= revalidationMillis) {
            validateBeside(nowMillis);
        }
        return true;
    }

    void close() {
        open = Optional.empty();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "table key under " + key.rootKey();
    }
}
