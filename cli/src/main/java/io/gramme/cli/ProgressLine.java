package io.gramme.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Shows how far a command is: on a terminal in its last line, which the next one replaces; elsewhere by a line of JSON
 * every few seconds. Serves any number of threads.
 */
final class ProgressLine {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int BAR = 20;
    private static final String ERASE = "\r\033[K";

    /** The terminal cuts a line that is too long, until it is told to wrap lines again. */
    private static final String CUT = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final PrintWriter out;
    private final boolean terminal;

    /** Held while something is printed. */
    private final ReentrantLock printing = new ReentrantLock();

    private boolean drawn;
    private long last = System.nanoTime();

    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * @param text for a person
     * @param json for a program
     */
    void show(Supplier<String> text, Supplier<String> json) {
        printing.lock();
        try {
            if (terminal) {
                out.print(ERASE + CUT + text.get() + WRAP);
                out.flush();
                drawn = true;
            } else if (System.nanoTime() - last >= INTERVAL_NANOS) {
                last = System.nanoTime();
                out.println(json.get());
            }
        } finally {
            printing.unlock();
        }
    }

    /** Prints a line that stays. */
    void say(String line) {
        printing.lock();
        try {
            if (drawn) {
                out.print(ERASE);
                drawn = false;
            }
            out.println(line);
        } finally {
            printing.unlock();
        }
    }

    /** How much is done, as a bar with a percentage; empty if the whole is unknown. */
    static String bar(long done, long whole) {
        if (whole <= 0) {
            return "";
        }
        int percent = percent(done, whole);
        int full = BAR * percent / 100;
        return String.format(Locale.ROOT, "[%s%s] %3d %%  ", "#".repeat(full), "-".repeat(BAR - full), percent);
    }

    static int percent(long done, long whole) {
        return whole <= 0 ? 0 : (int) Math.clamp(done * 100 / whole, 0L, 100L);
    }

    /** How many bytes of a whole are done, on a terminal only. */
    void showBytes(String what, long bytes, long totalBytes) {
        if (terminal) {
            show(
                    () -> bar(bytes, totalBytes) + what + " " + SizeText.about((double) bytes) + " of "
                            + SizeText.about((double) Math.max(bytes, totalBytes)),
                    () -> "");
        }
    }

    /** Erases the line, so that another one can take its place. */
    void end() {
        printing.lock();
        try {
            if (drawn) {
                out.print(ERASE);
                out.flush();
                drawn = false;
            }
        } finally {
            printing.unlock();
        }
    }
}
