package io.gramme.differential.side;

import io.gramme.differential.wire.Link;
import java.io.IOException;

/** A contestant that runs. */
public interface Side extends AutoCloseable {

    /** @param account twelve digits; where accounts are told apart, its tables are of no other account */
    Link connect(String account) throws IOException;

    /**
     * What happens to it in the middle of a game. Its links are of no use afterwards.
     *
     * @param seed of the game
     */
    default void interlude(long seed) throws IOException, InterruptedException {}

    /** Starts it again, with nothing in it, if it is a peer that has ended by itself; says whether it was. */
    default boolean revive() throws IOException, InterruptedException {
        return false;
    }

    @Override
    void close() throws IOException;
}
