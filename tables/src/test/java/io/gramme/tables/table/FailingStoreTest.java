package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.engine.ForwardingStore;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A store that fails after it has written, or before: either way, what is shown afterwards is what is stored. */
class FailingStoreTest {
    private final Fixture fixture = new Fixture(Duration.ZERO);
    private final Failing store = new Failing(fixture.store);
    private final Tables tables = new Tables(store, TableOptions.DEFAULT, fixture);

    private enum Failure {
        NONE,
        BEFORE,
        AFTER
    }

    private static final class Failing extends ForwardingStore {
        private Failure next = Failure.NONE;

        Failing(RowStore store) {
            super(store);
        }

        @Override
        public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
            Failure failure = next;
            next = Failure.NONE;
            if (failure == Failure.BEFORE) {
                throw new StorageException("not written");
            }
            R answer = super.transact(reads, transition);
            if (failure == Failure.AFTER) {
                throw new StorageException("nobody knows");
            }
            return answer;
        }
    }

    @Test
    void aTableThatWasStoredIsThereDespiteTheFailure() {
        Table table = Samples.table(tables, "orders");
        store.next = Failure.AFTER;

        assertThatThrownBy(() -> tables.create(table)).isInstanceOf(StorageException.class);

        assertThat(tables.find(table.address())).contains(table);
    }

    @Test
    void aTableThatWasNotStoredIsNotThere() {
        Table table = Samples.table(tables, "orders");
        store.next = Failure.BEFORE;

        assertThatThrownBy(() -> tables.create(table)).isInstanceOf(StorageException.class);

        assertThat(tables.find(table.address())).isEmpty();
        assertThat(tables.create(table)).isEqualTo(table);
    }

    @Test
    void aTableWhoseStepFailsIsBroughtOnByTheNextPass() {
        var life = new TableLifecycle(tables, store, (_, _, _) -> {});
        Table table = tables.create(Samples.table(tables, "orders"));
        store.next = Failure.BEFORE;
        life.settle(table);
        assertThat(tables.find(table.address()).orElseThrow().status()).isEqualTo(Table.Status.CREATING);

        life.run();

        assertThat(tables.find(table.address()).orElseThrow().status()).isEqualTo(Table.Status.ACTIVE);
    }
}
