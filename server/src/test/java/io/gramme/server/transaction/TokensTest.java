package io.gramme.server.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.server.table.TableOptions;
import io.gramme.server.table.Tables;
import io.gramme.server.table.World;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.Threads;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CyclicBarrier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final int MANY = 32;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    /** Each store costs a commit, and all wait for all of them. */
    @Test
    void manyFirstTokensOfASpanMakeOneStore() {
        try (RowStore store = new MemoryStore(clock)) {
            var tables = new Tables(store, TableOptions.DEFAULT, clock, RandomGenerator.getDefault());
            var tokens = new Tokens(store, tables, clock);
            long before = tables.newStore();
            var start = new CyclicBarrier(MANY);
            Threads.run(MANY, thread -> {
                start.await();
                tokens.place(token("token-" + thread));
            });
            assertThat(tables.newStore() - before).isEqualTo(2);
        }
    }

    private static RequestToken token(String text) {
        return new RequestToken(
                new World("000000000000", "us-east-1"), RequestToken.Scope.ITEMS, text, Bytes.utf8("what it does"));
    }
}
