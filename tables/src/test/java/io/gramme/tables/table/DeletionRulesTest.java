package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeletionRulesTest {
    private final Tables tables = new Fixture(Duration.ZERO).start();
    private final Table active = Samples.table(tables, "orders").with(Table.Status.ACTIVE, Samples.START);

    /** A client sees it ACTIVE, and knows nothing of partitions. */
    @Test
    void aTableIsDeletedWhileAPartitionOfItIsSplit() {
        PartitionMap map = active.partitions();
        Table splitting =
                active.withPartitions(map.split(map.at(0).id(), map.at(0).middle(), 1));
        assertThat(splitting.isPending()).isTrue();

        assertThat(DeletionRules.delete(splitting, Samples.START).status()).isEqualTo(Table.Status.DELETING);
    }

    @Test
    void aTableThatIsUpdatedIsNot() {
        assertThatThrownBy(() -> DeletionRules.delete(active.with(Table.Status.UPDATING, Samples.START), Samples.START))
                .hasMessageEndingWith("Table: orders is in the process of being updated.");
    }
}
