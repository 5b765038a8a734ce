package io.gramme.differential.side;

import java.io.IOException;

/** One of the two servers that a run compares, before it is started. */
public interface Contestant {
    String name();

    Traits traits();

    Side start() throws IOException, InterruptedException;
}
