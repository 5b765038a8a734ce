package io.gramme.server;

import io.gramme.storage.RowStore;
import io.gramme.storage.SharedRowStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The storage engine of a server, ready to be opened. A server knows no engine but the one in memory: the program that
 * starts it hands it another.
 */
public sealed interface Engine {
    /** Opens a store, which the server closes. */
    interface Opener<S extends RowStore> {
        /** @throws io.gramme.storage.StorageException if the store cannot be opened */
        S open(InstantSource clock);
    }

    /**
     * In memory: tables are lost when the server ends.
     *
     * @param indexDelay how long changes of global indexes are delayed on purpose; zero for no delay
     */
    record Memory(Duration indexDelay) implements Engine {
        public static final Memory PLAIN = new Memory(Duration.ZERO);
    }

    /**
     * In a directory, which one process at a time can open.
     *
     * @param directory the server adds the records of failed deliveries to it
     */
    record Disk(Path directory, Opener<RowStore> opener) implements Engine {}

    /** In a store that several servers have open. */
    record Shared(Opener<SharedRowStore> opener) implements Engine {}
}
