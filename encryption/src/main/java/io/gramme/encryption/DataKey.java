package io.gramme.encryption;

import java.util.concurrent.atomic.AtomicLong;

/** A data key in clear: it seals the rows of one tablespace that one process writes. Opens them for every process. */
final class DataKey {
    private final int number;
    private final GcmKey gcm;
    private final OpenTableKey tableKey;
    private final long madeMillis;
    private final AtomicLong uses;
    private volatile long usedMillis;

    /** @param uses how often it has sealed; goes on when the key is dropped from memory and opened again */
    DataKey(int number, GcmKey gcm, OpenTableKey tableKey, long madeMillis, AtomicLong uses, long nowMillis) {
        this.number = number;
        this.gcm = gcm;
        this.tableKey = tableKey;
        this.madeMillis = madeMillis;
        this.uses = uses;
        this.usedMillis = nowMillis;
    }

    int number() {
        return number;
    }

    GcmKey gcm() {
        return gcm;
    }

    AtomicLong uses() {
        return uses;
    }

    /** Whether it may be used now, and if so, that it is. */
    boolean isReady(long nowMillis) {
        if (!tableKey.use(nowMillis)) {
            return false;
        }
        if (nowMillis - usedMillis >= OpenTableKey.TOUCH_MILLIS) {
            usedMillis = nowMillis;
        }
        return true;
    }

    /** Takes one of its uses for sealing. False if it has none left, or is too old. */
    boolean takeUse(long nowMillis, KeyRules rules) {
        return isYoung(nowMillis, rules) && uses.getAndIncrement() < rules.dataKeyUses();
    }

    private boolean isYoung(long nowMillis, KeyRules rules) {
        return nowMillis - madeMillis < rules.dataKeyLife().toMillis();
    }

    /** Whether it can seal more. */
    boolean hasUses(long nowMillis, KeyRules rules) {
        return isYoung(nowMillis, rules) && uses.get() < rules.dataKeyUses();
    }

    boolean isIdle(long nowMillis, KeyRules rules) {
        return !tableKey.isOpen() || nowMillis - usedMillis >= rules.idle().toMillis();
    }
}
