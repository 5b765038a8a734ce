package io.gramme.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadPaceTest {
    private static final long FAST = 10_000;
    private static final long SLOW = 200_000;

    private final ReadPace pace = new ReadPace();

    private void reads(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            pace.ended(nanos);
        }
    }

    @Test
    void readsAreWarmUntilAQuarterOfThemWaits() {
        for (int i = 0; i < 1000; i++) {
            reads(7, FAST);
            reads(1, SLOW);
        }
        assertThat(pace.isCold()).isFalse();

        for (int i = 0; i < 1000; i++) {
            reads(1, FAST);
            reads(1, SLOW);
        }
        assertThat(pace.isCold()).isTrue();
    }

    @Test
    void oneVeryLongReadSaysNothingOfTheDisk() {
        reads(1000, FAST);
        reads(1, 10_000_000_000L);
        assertThat(pace.isCold()).isFalse();
    }

    @Test
    void fastReadsMakeItWarmAgain() {
        reads(1000, SLOW);
        assertThat(pace.isCold()).isTrue();
        reads(1000, FAST);
        assertThat(pace.isCold()).isFalse();
    }
}
