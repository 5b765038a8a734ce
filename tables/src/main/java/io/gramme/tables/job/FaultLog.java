package io.gramme.tables.job;

import io.gramme.storage.StorageException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A log of store faults that writes one line for each fault, and the same fault at most once a minute: a damaged block
 * that is read a thousand times is one line, and the next line has the number of suppressed ones.
 *
 * <p>Two faults are the same if they have the same cause, which names the file and the place in it.
 */
public final class FaultLog {
    private static final System.Logger LOG = System.getLogger(FaultLog.class.getName());
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST_CAUSES = 1_000;

    private final LongSupplier nanoTime;

    /** The recent causes, the oldest first. */
    private final Map<String, Seen> causes = new LinkedHashMap<>();

    private record Seen(long loggedAt, long unlogged) {}

    public FaultLog() {
        this(System::nanoTime);
    }

    FaultLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param what the operation that failed; the line begins with it */
    public void report(String what, StorageException fault) {
        String cause = cause(fault);
        long unlogged;
        synchronized (causes) {
            long now = nanoTime.getAsLong();
            Seen seen = causes.get(cause);
            if (seen != null && now - seen.loggedAt < QUIET_NANOS) {
                causes.put(cause, new Seen(seen.loggedAt, seen.unlogged + 1));
                return;
            }
            unlogged = seen == null ? 0 : seen.unlogged;
            causes.remove(cause);
            causes.put(cause, new Seen(now, 0));
            if (causes.size() > MOST_CAUSES) {
                causes.remove(causes.keySet().iterator().next());
            }
        }
        LOG.log(Level.ERROR, line(what, fault, cause, unlogged));
        LOG.log(Level.DEBUG, what, fault);
    }

    private static String line(String what, StorageException fault, String cause, long unlogged) {
        String message = fault.getMessage();
        String because = cause.equals(message) ? "" : " cause=\"" + cause + "\"";
        return what + " failed: " + message + because + (unlogged == 0 ? "" : " moreInTheLastMinute=" + unlogged);
    }

    private static String cause(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.toString() : message;
    }
}
