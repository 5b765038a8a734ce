package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LoggingTest {

    private static LogRecord entry() {
        var entry = new LogRecord(Level.WARNING, "The disk is nearly full");
        entry.setLoggerName("io.gramme.Disk");
        entry.setInstant(Instant.parse("2026-01-02T03:04:05.678901Z"));
        return entry;
    }

    @Test
    void anEntryIsOneLine() {
        assertThat(new Logging.OneLine().format(entry()))
                .isEqualTo("2026-01-02T03:04:05.678Z WARN  io.gramme.Disk The disk is nearly full\n");
    }

    @Test
    void aFaultHasItsStackTraceBelow() {
        LogRecord entry = entry();
        entry.setThrown(new IllegalStateException("why"));
        assertThat(new Logging.OneLine().format(entry))
                .contains("nearly full\njava.lang.IllegalStateException: why\n\tat ");
    }
}
