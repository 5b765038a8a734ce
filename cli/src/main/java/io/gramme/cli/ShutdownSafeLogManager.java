package io.gramme.cli;

import java.util.logging.LogManager;

/**
 * The JDK's log manager, but for one thing: it does not take every handler away as soon as the process is told to end.
 * That is when the server closes, and what goes wrong then must be heard. Named by {@code java.util.logging.manager},
 * so it is public, and a name of its own.
 */
public final class ShutdownSafeLogManager extends LogManager {
    @Override
    public void reset() {
        // Nothing to go back to: Logging decides everything, once.
    }
}
