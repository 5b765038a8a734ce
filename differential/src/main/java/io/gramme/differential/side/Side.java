package io.gramme.differential.side;

import io.gramme.differential.wire.Link;
import java.io.IOException;

/** A running contestant. */
public interface Side extends AutoCloseable {

    /** @param account twelve digits; a server with several accounts keeps its tables apart from all others */
    Link connect(String account) throws IOException;

    /**
     * Does what the contestant does in the middle of a game, such as a restart. Links opened before are invalid
     * afterwards.
     *
     * @param seed the seed of the game
     */
    default void interlude(long seed) throws IOException, InterruptedException {}

    /** Starts a peer that has ended by itself again, without data; returns whether it had ended. */
    default boolean revive() throws IOException, InterruptedException {
        return false;
    }

    @Override
    void close() throws IOException;
}
