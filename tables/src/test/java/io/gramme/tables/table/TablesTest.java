package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.storage.TablespaceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TablesTest {
    private final Fixture fixture = new Fixture(Duration.ZERO);
    private final Tables tables = fixture.start();

    @Test
    void anActiveTableIsFoundByNameAndByArn() {
        Table table = active("orders");

        try (PinnedTable byName = tables.use(Samples.REGION, "orders");
                PinnedTable byArn = tables.use(Samples.REGION, table.arn())) {
            assertThat(byName.table()).isEqualTo(table);
            assertThat(byArn.table()).isEqualTo(table);
        }
    }

    @Test
    void aTableOfAnotherWorldIsNotFound() {
        active("orders");

        assertNotFound(() -> tables.use(new AccountRegion("000000000000", "eu-west-1"), "orders"));
        assertNotFound(() -> tables.use(new AccountRegion("111111111111", "us-east-1"), "orders"));
    }

    @Test
    void aTableThatIsBeingCreatedOrDeletedHasNoItemsYet() {
        tables.create(Samples.table(tables, "created"));
        Table deleted = active("deleted");
        tables.change(deleted.address(), table -> table.with(Table.Status.DELETING, tables.now()));

        assertNotFound(() -> tables.use(Samples.REGION, "created"));
        assertNotFound(() -> tables.use(Samples.REGION, "deleted"));
    }

    @Test
    void aTableThatIsBeingUpdatedStaysUsable() {
        Table updated = active("updated");
        tables.change(updated.address(), table -> table.with(Table.Status.UPDATING, tables.now()));

        tables.use(Samples.REGION, "updated").close();
    }

    @Test
    void aMissingTableIsNamedToOperationsOnTables() {
        assertThatThrownBy(() -> tables.describe(Samples.REGION, "nowhere"))
                .isInstanceOf(ApiException.class)
                .hasMessage("Requested resource not found: Table: nowhere not found");
    }

    @Test
    void severalTablesAreHeldTogether() {
        Table one = active("one");
        Table two = active("two");

        try (PinnedTables uses = tables.useAll(Samples.REGION, List.of("one", "two", "one", one.arn()))) {
            assertThat(uses.table("one")).isEqualTo(one);
            assertThat(uses.table(one.arn())).isEqualTo(one);
            assertThat(uses.table("two")).isEqualTo(two);
        }
    }

    @Test
    void ofSeveralTablesAllAreHeldOrNone() {
        Table one = active("one");

        assertNotFound(() -> tables.useAll(Samples.REGION, List.of("one", "nowhere")));

        tables.change(one.address(), table -> table.with(Table.Status.UPDATING, tables.now()));
        VersionedTable versioned = tables.versioned(one.address()).orElseThrow();
        assertThat(versioned.awaitLast(Duration.ZERO)).isTrue();
    }

    @Test
    void aNameIsGivenOnce() {
        active("orders");

        assertThatThrownBy(() -> tables.create(Samples.table(tables, "orders")))
                .isInstanceOf(ApiException.class)
                .hasMessage("Table already exists: orders")
                .extracting("code")
                .isEqualTo(ErrorCode.RESOURCE_IN_USE);
    }

    @Test
    void ofManyWhoMakeOneTableOneWins() throws Exception {
        var start = new CountDownLatch(1);
        int won = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> makers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                // Half of them through another server over the same store.
                Tables through = i % 2 == 0 ? tables : fixture.start();
                makers.add(threads.submit(() -> {
                    start.await();
                    return creates(through, "contended");
                }));
            }
            start.countDown();
            for (Future<Boolean> maker : makers) {
                won += maker.get() ? 1 : 0;
            }
        }
        assertThat(won).isEqualTo(1);
    }

    private static boolean creates(Tables through, String name) {
        try {
            through.create(Samples.table(through, name));
            return true;
        } catch (ApiException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_IN_USE);
            return false;
        }
    }

    @Test
    void namesComeInOrderAfterAnyName() {
        Stream.of("beta", "alpha", "Zeta", "alpha.2", "alpha-1").forEach(this::active);

        assertThat(tables.names(Samples.REGION, Optional.empty(), 10))
                .containsExactly("Zeta", "alpha", "alpha-1", "alpha.2", "beta");
        assertThat(tables.names(Samples.REGION, Optional.of("alpha"), 2)).containsExactly("alpha-1", "alpha.2");
        assertThat(tables.names(Samples.REGION, Optional.of("alphabet"), 2)).containsExactly("beta");
        assertThat(tables.names(new AccountRegion("000000000000", "eu-west-1"), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void tablesOutliveTheServer() {
        Table table = active("orders");
        tables.create(Samples.elaborate());

        Tables later = fixture.start();

        assertThat(later.find(table.address())).contains(table);
        assertThat(later.find(Samples.elaborate().address())).contains(Samples.elaborate());
    }

    @Test
    void noTablespaceIsAllocatedTwice() {
        var given = new HashSet<TablespaceId>();
        for (int server = 0; server < 3; server++) {
            Tables started = fixture.start();
            for (int i = 0; i < 100; i++) {
                assertThat(given.add(started.newTablespace())).isTrue();
            }
        }
        assertThat(given).doesNotContain(TablespaceId.CATALOG);
    }

    @Test
    void aChangeThatFailsChangesNothing() {
        Table table = active("orders");

        assertThatThrownBy(() -> tables.change(table.address(), _ -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(tables.find(table.address())).contains(table);
        assertThat(fixture.start().find(table.address())).contains(table);
    }

    private Table active(String name) {
        tables.create(Samples.table(tables, name));
        return tables.change(new TableName(Samples.REGION, name), table -> table.settled(tables.now(), 0));
    }

    private static void assertNotFound(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOf(ApiException.class)
                .hasMessage("Requested resource not found")
                .extracting("code")
                .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
    }
}
