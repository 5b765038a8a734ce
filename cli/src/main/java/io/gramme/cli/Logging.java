package io.gramme.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The configuration of the log: to standard error, one line for each entry, followed by its stack trace if it has one.
 */
final class Logging {
    /** Loggers with levels of their own. The JDK drops a logger, and its level, when nothing references it. */
    private static final List<Logger> HELD = new ArrayList<>();

    private Logging() {}

    static void install() {
        // Set before the first use of a logger, which makes the JDK choose its log manager.
        System.setProperty("java.util.logging.manager", ShutdownSafeLogs.class.getName());
        Logger root = root();
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        var console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        console.setFormatter(new OneLine());
        root.addHandler(console);
        level(Level.INFO);
        // The Cassandra driver logs the setup of each of its parts at INFO.
        Logger driver = Logger.getLogger("com.datastax");
        driver.setLevel(Level.WARNING);
        HELD.add(driver);
    }

    static void level(Level level) {
        root().setLevel(level);
    }

    private static Logger root() {
        return Logger.getLogger("");
    }

    static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            var line = new StringWriter();
            line.append(entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString())
                    .append(' ')
                    .append(word(entry.getLevel()))
                    .append(' ')
                    .append(entry.getLoggerName())
                    .append(' ')
                    .append(formatMessage(entry))
                    .append(System.lineSeparator());
            Throwable thrown = entry.getThrown();
            if (thrown != null) {
                thrown.printStackTrace(new PrintWriter(line, true));
            }
            return line.toString();
        }

        private static String word(Level level) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                return "ERROR";
            }
            if (level.intValue() >= Level.WARNING.intValue()) {
                return "WARN ";
            }
            return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
        }
    }
}
