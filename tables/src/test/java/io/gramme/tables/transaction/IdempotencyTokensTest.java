package io.gramme.tables.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.Write;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.Threads;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyTokensTest {
    private static final RequestToken TOKEN = new RequestToken(
            new AccountRegion("000000000000", "us-east-1"), RequestToken.Scope.ITEMS, "token", Bytes.utf8("does this"));

    private static final int MANY = 32;

    private final MemoryStore store = new MemoryStore(Clock.systemUTC());
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Tables tables = new Tables(store, TableOptions.DEFAULT, () -> now);
    private final IdempotencyTokens tokens = new IdempotencyTokens(store, tables, () -> now);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTokenIsFoundInTheSpanAfterItsOwn() {
        remember();
        now = now.plus(Duration.ofMinutes(10)).minusNanos(1);
        assertThat(tokens.find(tokens.place(TOKEN))).isPresent();
        now = now.plusNanos(1);
        assertThat(tokens.find(tokens.place(TOKEN))).isEmpty();
    }

    @Test
    void tokensAreDroppedWithTheSpanTheyWereWrittenIn() {
        IdempotencyTokens.Place place = remember();
        now = now.plus(Duration.ofMinutes(20));
        tokens.run();
        assertThat(store.get(place.now(), Consistency.STRONG)).isPresent();
        now = now.plus(Duration.ofMinutes(10));
        tokens.run();
        assertThat(store.get(place.now(), Consistency.STRONG)).isEmpty();
    }

    @Test
    void storesThatAnotherProcessLeftAreKnownAndDropped() {
        IdempotencyTokens.Place place = remember();
        var later = new IdempotencyTokens(store, tables, () -> now);
        assertThat(later.find(later.place(TOKEN))).isPresent();
        now = now.plus(Duration.ofMinutes(30));
        later.run();
        assertThat(store.get(place.now(), Consistency.STRONG)).isEmpty();
    }

    @Test
    void tokensOfAnotherKindOrWorldAreOthers() {
        remember();
        var statements =
                new RequestToken(TOKEN.accountRegion(), RequestToken.Scope.STATEMENTS, TOKEN.text(), Bytes.EMPTY);
        var abroad = new RequestToken(
                new AccountRegion("000000000000", "eu-west-1"), RequestToken.Scope.ITEMS, TOKEN.text(), Bytes.EMPTY);
        assertThat(tokens.find(tokens.place(statements))).isEmpty();
        assertThat(tokens.find(tokens.place(abroad))).isEmpty();
    }

    /** Each tablespace costs a commit, and all wait for all of them. */
    @Test
    void manyFirstTokensOfAWindowMakeOneTablespace() {
        long before = tables.newTablespace().number();
        var start = new CyclicBarrier(MANY);
        Threads.run(MANY, _ -> {
            start.await();
            tokens.place(TOKEN);
        });
        assertThat(tables.newTablespace().number() - before).isEqualTo(2);
    }

    private IdempotencyTokens.Place remember() {
        IdempotencyTokens.Place place = tokens.place(TOKEN);
        Bytes record = new TokenRecord(TOKEN.fingerprint(), place.at(), List.of(1L, 409_600L)).encode();
        boolean done = store.transact(
                Set.of(place.now()), _ -> new Outcome<>(List.of(new Write.Put(place.now(), record)), true));
        assertThat(done).isTrue();
        assertThat(tokens.find(place).orElseThrow().sizes()).containsExactly(1L, 409_600L);
        return place;
    }
}
