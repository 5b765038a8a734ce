package io.gramme.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import org.junit.jupiter.api.Test;

class PartitionKeyTest {
    private static final TablespaceId ONE = new TablespaceId(1);

    private static PartitionKey key(TablespaceId tablespace, String text) {
        return new PartitionKey(tablespace, Bytes.utf8(text));
    }

    @Test
    void keysOfEqualPartsAreEqual() {
        PartitionKey hashed = key(ONE, "a");
        assertThat(hashed.hash()).isEqualTo(PartitionHash.of(Bytes.utf8("a")));
        assertThat(key(ONE, "a")).isEqualTo(hashed).hasSameHashCodeAs(hashed);
        assertThat(hashed).isEqualTo(key(ONE, "a"));
        assertThat(key(ONE, "b")).isNotEqualTo(hashed);
        assertThat(key(new TablespaceId(2), "a")).isNotEqualTo(hashed).doesNotHaveSameHashCodeAs(hashed);
    }

    @Test
    void theHashIsComputedOnce() {
        byte[] bytes = {1, 2, 3};
        var key = new PartitionKey(ONE, Bytes.wrap(bytes));
        long first = key.hash();
        // No program may do so; another computation would see it.
        bytes[0] = 9;
        assertThat(key.hash()).isEqualTo(first);
    }

    @Test
    void itsTextShowsItsParts() {
        assertThat(key(ONE, "")).hasToString("PartitionKey[tablespace=1, key=" + Bytes.EMPTY + "]");
    }
}
