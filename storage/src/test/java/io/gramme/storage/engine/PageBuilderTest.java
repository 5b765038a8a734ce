package io.gramme.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import org.junit.jupiter.api.Test;

class PageBuilderTest {
    private static Row row(int valueLength) {
        var key = new RowKey(new PartitionKey(new TablespaceId(1), Bytes.EMPTY), Bytes.of(1));
        return new Row(key, Bytes.wrap(new byte[valueLength]), 1);
    }

    @Test
    void itTakesAsManyRowsAsTheBudgetHas() {
        var page = new PageBuilder(new Budget(2, 100));
        assertThat(page.add(row(1))).isTrue();
        assertThat(page.isFull()).isFalse();
        assertThat(page.add(row(1))).isTrue();
        assertThat(page.isFull()).isTrue();
        assertThat(page.add(row(0))).isFalse();
        assertThat(page.cut().rows()).hasSize(2);
    }

    @Test
    void itTakesBytesUpToTheBudgetAndNotBeyond() {
        var page = new PageBuilder(new Budget(9, 10));
        assertThat(page.add(row(6))).isTrue();
        assertThat(page.add(row(5))).isFalse();
        assertThat(page.add(row(4))).isTrue();
        assertThat(page.exhausted()).isEqualTo(new Page(page.cut().rows(), true));
    }

    @Test
    void itTakesTheFirstRowHoweverLarge() {
        var page = new PageBuilder(new Budget(9, 10));
        assertThat(page.add(row(1000))).isTrue();
        assertThat(page.add(row(0))).isFalse();
    }
}
