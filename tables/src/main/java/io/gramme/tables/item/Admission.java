package io.gramme.tables.item;

/**
 * The bookkeeping of capacity units, which may refuse a request that asks for more than there are. The store of items
 * asks it where the cost is known. Safe for use by many threads.
 */
public interface Admission {
    /** Admits everything and counts nothing. */
    Admission UNLIMITED = () -> Charge.FREE;

    /** How many times the usual cost a request pays. */
    enum Factor {
        PLAIN(1),
        TRANSACTIONAL(2);

        private final int times;

        Factor(int times) {
            this.times = times;
        }

        public int times() {
            return times;
        }
    }

    /** What one request will consume; nothing yet. */
    Charge charge();

    /** Where it is counted which keys are used. */
    default KeyUse keys() {
        return KeyUse.UNCOUNTED;
    }

    /** The admission of the request that this thread answers, for other threads that answer it with this one. */
    default Admission current() {
        return this;
    }
}
