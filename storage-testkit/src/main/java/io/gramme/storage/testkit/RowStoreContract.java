package io.gramme.storage.testkit;

import io.gramme.storage.RowStore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of a {@link RowStore}, as tests. An engine's test class extends this and opens the engine; the tests are
 * in the chapters that this implements. After each test the {@link Invariants} are checked.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class RowStoreContract
        implements ReadContract,
                ScanContract,
                SweepContract,
                TransactionContract,
                VersionContract,
                RaceContract,
                LogContract,
                FaultContract {
    private RowStore store;

    /** Opens an empty store that shares nothing with any opened before; the contract closes it. */
    protected abstract RowStore open();

    @Override
    public final RowStore store() {
        return store;
    }

    @Override
    public final RowStore openAnother() {
        return open();
    }

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void checkAndCloseStore() {
        try (var _ = store) {
            Invariants.check(store, TABLESPACES, KINDS);
        }
    }
}
