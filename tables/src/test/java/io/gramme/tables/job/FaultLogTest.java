package io.gramme.tables.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultLogTest {
    private final Logger logger = Logger.getLogger(FaultLog.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            assertThat(entry.getThrown()).isNull();
            lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private long now;
    private final FaultLog faults = new FaultLog(() -> now);

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(handler);
    }

    private static StorageException fault(String key, String cause) {
        return new StorageException("row cannot be read: key=" + key, new IOException(cause));
    }

    @Test
    void aFaultIsOneLineWithItsCause() {
        faults.report("Request 1 of GetItem", fault("a", "block mismatch in 7.sst offset 9"));
        assertThat(lines)
                .containsExactly("Request 1 of GetItem failed: row cannot be read: key=a"
                        + " cause=\"block mismatch in 7.sst offset 9\"");
    }

    @Test
    void theSameCauseIsLoggedOnceAMinuteAndCountedInBetween() {
        for (int i = 0; i < 100; i++) {
            faults.report("Request", fault("k" + i, "block at 9"));
            now += TimeUnit.MILLISECONDS.toNanos(1);
        }
        assertThat(lines).hasSize(1);
        now += TimeUnit.MINUTES.toNanos(1);
        faults.report("Request", fault("k", "block at 9"));
        assertThat(lines).hasSize(2);
        assertThat(lines.getLast()).endsWith("moreInTheLastMinute=99");
    }

    @Test
    void anotherBlockIsAnotherLine() {
        faults.report("Request", fault("k", "block at 9"));
        faults.report("Request", fault("k", "block at 10"));
        assertThat(lines).hasSize(2);
    }

    @Test
    void aFaultWithoutACauseIsItsOwn() {
        faults.report("gramme-job", new StorageException("store is closed"));
        assertThat(lines).containsExactly("gramme-job failed: store is closed");
    }
}
