package io.gramme.storage.cassandra;

import java.util.function.BooleanSupplier;

/** Has a server die at a step that chance chooses. From then on it takes no step any more. */
final class Mortal implements FailPoints {
    private final BooleanSupplier fate;
    private volatile boolean dead;

    /** @param fate asked before each step whether it is the end */
    Mortal(BooleanSupplier fate) {
        this.fate = fate;
    }

    /** What everybody sees who was waiting for the server. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;

        Died(Step before) {
            super("the server died before " + before);
        }
    }

    @Override
    public synchronized void reach(Step step) {
        dead = dead || fate.getAsBoolean();
        if (dead) {
            throw new Died(step);
        }
    }
}
