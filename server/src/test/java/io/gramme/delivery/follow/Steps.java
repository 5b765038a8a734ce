package io.gramme.delivery.follow;

import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs passes one after the other, in the thread of a test and when it says so. */
public final class Steps implements Runner {
    private static final int ENOUGH = 200;

    private final List<BackgroundJob.Pass> passes = new ArrayList<>();

    @Override
    public Running start(String name, BackgroundJob.Pass pass) {
        passes.add(pass);
        return () -> passes.remove(pass);
    }

    /** Each pass once; answers whether some of them has more to do at once. */
    public boolean round() {
        boolean more = false;
        for (BackgroundJob.Pass pass : List.copyOf(passes)) {
            try {
                more |= passes.contains(pass) && pass.run().equals(Duration.ZERO);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return more;
    }

    /** Rounds until nothing more happens by itself. */
    public void settle() {
        for (int quiet = 0, rounds = 0; quiet < 4; rounds++) {
            quiet = round() ? 0 : quiet + 1;
            if (rounds > ENOUGH) {
                throw new AssertionError("it does not come to rest");
            }
        }
    }

    public int running() {
        return passes.size();
    }
}
