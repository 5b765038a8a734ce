package io.gramme.cli;

import java.util.concurrent.atomic.AtomicLong;

/** What an import has written and what it could not. Serves any number of threads. */
final class ImportTally {
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final long mostErrors;
    private final ProgressLine screen;

    /** @param mostErrors the import ends when there are more */
    ImportTally(long mostErrors, ProgressLine screen) {
        this.mostErrors = mostErrors;
        this.screen = screen;
    }

    void wrote(int items) {
        written.addAndGet(items);
    }

    /** @param place the file and the line of a record that is not imported */
    void refused(String place, String message) {
        if (errors.incrementAndGet() <= mostErrors + 1) {
            screen.say(place + ": " + message);
        }
    }

    long written() {
        return written.get();
    }

    long errors() {
        return errors.get();
    }

    boolean hasTooManyErrors() {
        return errors.get() > mostErrors;
    }
}
