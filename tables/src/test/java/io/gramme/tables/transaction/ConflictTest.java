package io.gramme.tables.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.CancellationReason;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.Caller;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.Consistency;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.access.Action;
import io.gramme.tables.item.DeleteAction;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ItemStore.ItemKey;
import io.gramme.tables.item.ItemStores;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.PutAction;
import io.gramme.tables.item.TransactionConflicts;
import io.gramme.tables.item.WriteCondition;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Billing;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.Throughput;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others are told of an item while a transaction has it in hand: the transaction is held inside its commit. */
class ConflictTest {
    private static final Intent READS = Intent.of(Caller.SERVER, Action.GET_ITEM);

    private static final KeyAttribute PK = new KeyAttribute("pk", Value.Type.S);

    private final MemoryStore store = new MemoryStore(Clock.systemUTC());
    private final Tables tables = new Tables(store, TableOptions.DEFAULT, Clock.systemUTC());
    private final TransactionConflicts claims = new TransactionConflicts();
    private final ItemStore items = ItemStores.over(store, tables, claims);
    private final Transactions transactions =
            new Transactions(items, new IdempotencyTokens(store, tables, Clock.systemUTC()));
    private final Table table = new Table(
            new AccountRegion("000000000000", "us-east-1"),
            "Music",
            "id",
            tables.newTablespace(),
            Instant.EPOCH,
            Table.Status.ACTIVE,
            Instant.EPOCH,
            List.of(PK),
            new KeySchema(List.of(PK), List.of()),
            List.of(),
            PartitionMap.create(Throughput.INITIAL_ON_DEMAND, 1),
            Billing.onDemandSince(Instant.EPOCH),
            Capacity.ON_DEMAND,
            Settings.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private ItemKey wanted(String name) {
        return new ItemKey(Intent.of(Caller.SERVER, Action.GET_ITEM), table, key(name));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTransactionThatMeetsAnotherIsCancelledWithAReasonForEachItemTheyShare() throws Exception {
        whileInHand(List.of("a", "b"), Optional.empty(), () -> {
            ApiException refusal = catchThrowableOfType(
                    ApiException.class,
                    () -> transactions.write(Caller.SERVER, List.of(put("c"), put("b"), put("a")), Optional.empty()));
            assertThat(refusal.reasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("None", "TransactionConflict", "TransactionConflict");
            assertThat(refusal.reasons().get(1).message()).contains("Transaction is ongoing for the item");
            assertThat(refusal.text())
                    .isEqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons "
                            + "[None, TransactionConflict, TransactionConflict]");
        });
        assertThat(stored("c")).as("what the cancelled one wanted").isEmpty();
    }

    @Test
    void aSingleWriteThatMeetsATransactionIsRefused() throws Exception {
        whileInHand(List.of("a"), Optional.empty(), () -> {
            ApiException refusal = catchThrowableOfType(ApiException.class, () -> items.write(Caller.SERVER, put("a")));
            assertThat(refusal.code()).isEqualTo(ErrorCode.TRANSACTION_CONFLICT);
            assertThat(refusal.text()).isEqualTo("Transaction is ongoing for the item");
            assertThat(catchThrowableOfType(ApiException.class, () -> items.write(Caller.SERVER, delete("a")))
                            .code())
                    .isEqualTo(ErrorCode.TRANSACTION_CONFLICT);
        });
    }

    @Test
    void aTransactionalReadThatMeetsATransactionIsCancelled() throws Exception {
        whileInHand(List.of("a"), Optional.empty(), () -> {
            ApiException refusal = catchThrowableOfType(
                    ApiException.class, () -> transactions.read(List.of(wanted("z"), wanted("a"))));
            assertThat(refusal.reasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("None", "TransactionConflict");
        });
    }

    @Test
    void plainReadsAndWhatTouchesOtherItemsNeverConflict() throws Exception {
        items.write(Caller.SERVER, put("a"));
        whileInHand(List.of("a"), Optional.empty(), () -> {
            assertThat(items.reads().get(READS, table, key("a"), Consistency.STRONG))
                    .isPresent();
            assertThatCode(() -> items.write(Caller.SERVER, put("b"))).doesNotThrowAnyException();
            assertThatCode(() -> transactions.write(Caller.SERVER, List.of(put("c"), put("d")), Optional.empty()))
                    .doesNotThrowAnyException();
        });
    }

    @Test
    void aTokenInUseIsInProgressForTheSameRequestAndAMismatchForAnother() throws Exception {
        whileInHand(List.of("a"), Optional.of(token("1")), () -> {
            assertThat(catchThrowableOfType(
                                    ApiException.class,
                                    () -> transactions.write(Caller.SERVER, List.of(put("a")), Optional.of(token("1"))))
                            .code())
                    .isEqualTo(ErrorCode.TRANSACTION_IN_PROGRESS);
            assertThat(catchThrowableOfType(
                                    ApiException.class,
                                    () -> transactions.write(Caller.SERVER, List.of(put("b")), Optional.of(token("2"))))
                            .code())
                    .isEqualTo(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH);
        });
    }

    @Test
    void claimsEndWithTheirTransactionHoweverItEnds() throws Exception {
        whileInHand(List.of("a"), Optional.empty(), () -> {});
        var buggy = new ItemWrite(table, key("a"), Action.PUT_ITEM, Set::of, _ -> {
            throw new IllegalStateException("a bug");
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.write(Caller.SERVER, List.of(buggy), Optional.of(token("1"))));
        assertThatCode(() -> items.write(Caller.SERVER, put("a"))).doesNotThrowAnyException();
        assertThatCode(() -> transactions.write(Caller.SERVER, List.of(put("a")), Optional.of(token("1"))))
                .doesNotThrowAnyException();
    }

    /** Runs something while a transaction that puts items stands inside its commit, then lets that go on. */
    private void whileInHand(List<String> keys, Optional<RequestToken> token, Runnable meanwhile) throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        List<ItemWrite> writes = keys.stream()
                .map(key -> new ItemWrite(table, key(key), Action.PUT_ITEM, Set::of, _ -> {
                    inside.countDown();
                    await(goOn);
                    return Optional.of(key(key));
                }))
                .toList();
        Thread transaction = Thread.ofVirtual().start(() -> transactions.write(Caller.SERVER, writes, token));
        inside.await();
        try {
            meanwhile.run();
        } finally {
            goOn.countDown();
            transaction.join();
        }
        keys.forEach(
                key -> assertThat(stored(key)).as("written by the transaction").isPresent());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Item> stored(String key) {
        return items.reads().get(READS, table, key(key), Consistency.STRONG);
    }

    private ItemWrite put(String key) {
        return new PutAction(key(key), WriteCondition.NONE).on(table);
    }

    private ItemWrite delete(String key) {
        return new DeleteAction(key(key), WriteCondition.NONE).on(table);
    }

    private static Item key(String key) {
        return Item.of("pk", new Value.S(key));
    }

    private static RequestToken token(String fingerprint) {
        return new RequestToken(
                new AccountRegion("000000000000", "us-east-1"),
                RequestToken.Scope.ITEMS,
                "token",
                Bytes.utf8(fingerprint));
    }
}
