package io.gramme.cli;

import java.util.logging.LogManager;

/**
 * A log manager that keeps its handlers during shutdown. The JDK's own removes every handler as soon as the process is
 * asked to end; the server closes at that moment, and its errors must still reach the log. The class is public because
 * the JDK instantiates it by the name in {@code java.util.logging.manager}.
 */
public final class ShutdownSafeLogs extends LogManager {
    @Override
    public void reset() {
        // There is no configuration to restore: Logging sets everything once.
    }
}
