package io.gramme.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** A progress bar in one line of a terminal, which the next one replaces; elsewhere nothing. For one thread. */
final class ProgressLine {
    private static final int BAR = 30;
    private static final int PERCENT = 100;

    /** Returns to the beginning of the line, and erases it. */
    private static final String ERASE = "\r\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private String shown = "";

    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** @param what is being done: {@code Copying} */
    void show(String what, long bytes, long totalBytes) {
        int percent = totalBytes == 0 ? 0 : (int) Math.min(PERCENT, PERCENT * (double) bytes / totalBytes);
        int full = BAR * percent / PERCENT;
        String bar = String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %s %s of %s",
                "#".repeat(full),
                "-".repeat(BAR - full),
                percent,
                what,
                SizeText.about(bytes),
                SizeText.about(Math.max(bytes, totalBytes)));
        if (terminal && !bar.equals(shown)) {
            shown = bar;
            out.print(ERASE + bar);
            out.flush();
        }
    }

    /** Erases the bar, so that another line can take its place. */
    void end() {
        if (!shown.isEmpty()) {
            shown = "";
            out.print(ERASE);
            out.flush();
        }
    }
}
