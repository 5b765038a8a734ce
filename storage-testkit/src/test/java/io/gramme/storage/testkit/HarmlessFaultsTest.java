package io.gramme.storage.testkit;

import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import java.time.InstantSource;
import java.util.Random;

/** A store that is slow at times and runs transitions again keeps the contract all the same. */
class HarmlessFaultsTest extends RowStoreContract implements HistoryContract {
    @Override
    protected RowStore open() {
        var random = new Random(1);
        return new FaultyStore(new MemoryStore(InstantSource.system()), () -> switch (random.nextInt(8)) {
            case 0 -> Fault.DELAY;
            case 1, 2, 3 -> Fault.RERUN;
            default -> Fault.NONE;
        });
    }

    /** Delays make each of them slow. */
    @Override
    public int positions() {
        return 80;
    }
}
