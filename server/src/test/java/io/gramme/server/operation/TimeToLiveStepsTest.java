package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.api.Operations;
import io.gramme.api.TimeToLiveDescription;
import io.gramme.api.TimeToLiveStatus;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.Caller;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.table.DeletionRules;
import io.gramme.tables.table.Fixture;
import io.gramme.tables.table.IndexMaintenance;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.OnlineIndex;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Samples;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.TimeToLive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How time to live and its index come and go, step by step. */
class TimeToLiveStepsTest {
    private static final Duration DELAY = Duration.ofSeconds(10);

    private final Fixture fixture = new Fixture(DELAY);
    private final MillisecondClock clock = new MillisecondClock(fixture);
    private final List<OnlineIndex> filled = new ArrayList<>();
    private Tables tables = fixture.start();
    private TableLifecycle life = new TableLifecycle(tables, fixture.store, this::fill);
    private final Table table = tables.create(Samples.table(tables, "orders"));

    /** Fills an index while a client waits; otherwise it takes until the second look at it. */
    private void fill(Table found, OnlineIndex index, Duration patience) {
        filled.add(index);
        if (patience.isPositive() || filled.size() == 2) {
            tables.filled(found, index);
        }
    }

    private void restart() {
        tables = fixture.start();
        life = new TableLifecycle(tables, fixture.store, this::fill);
    }

    private void update(boolean enabled) {
        var request = Operations.UPDATE_TIME_TO_LIVE.read(
                Bytes.utf8("""
                    {"TableName": "orders", "TimeToLiveSpecification": {"Enabled": %s, "AttributeName": "expires"}}\
                    """.formatted(enabled)).toArray());
        var answer = new UpdateTimeToLive(tables, life, clock)
                .handle(request.request(), new RequestContext(Caller.SERVER, Samples.REGION, request.faults()));
        assertThat(answer.timeToLiveSpecification().orElseThrow().enabled()).isEqualTo(enabled);
    }

    private TimeToLiveDescription shown() {
        var request = Operations.DESCRIBE_TIME_TO_LIVE.read(
                Bytes.utf8("{\"TableName\": \"orders\"}").toArray());
        return new DescribeTimeToLive(tables)
                .handle(request.request(), new RequestContext(Caller.SERVER, Samples.REGION, request.faults()))
                .timeToLiveDescription()
                .orElseThrow();
    }

    private TimeToLive current() {
        return tables.find(table.address()).flatMap(Table::timeToLive).orElseThrow();
    }

    private void activate() {
        fixture.pass(DELAY);
        life.run();
        fixture.pass(DELAY);
    }

    private void putRow(TablespaceId tablespace) {
        var key = new RowKey(new PartitionKey(tablespace, Bytes.of(7)), Bytes.of(1));
        fixture.store.transact(Set.of(key), _ -> new Outcome<>(List.of(new Write.Put(key, Bytes.EMPTY)), true));
    }

    private boolean hasRow(TablespaceId tablespace) {
        return !fixture.store
                .sweep(HashRange.whole(tablespace, 1), new Budget(1, 1), Consistency.STRONG)
                .rows()
                .isEmpty();
    }

    private static String refusal(Runnable call) {
        ApiException refusal = catchThrowableOfType(ApiException.class, call::run);
        assertThat(refusal).isNotNull();
        return refusal.code() + ": " + refusal.text();
    }

    @Test
    void withoutUsersItIsEnabledAtOnce() {
        activate();
        update(true);
        assertThat(shown().timeToLiveStatus()).contains(TimeToLiveStatus.ENABLED);
        assertThat(tables.find(table.address()).orElseThrow().status()).isEqualTo(Table.Status.ACTIVE);
        assertThat(filled).hasSize(1);
    }

    @Test
    void itIsFilledWhenEveryWriterKeepsIt() {
        activate();
        PinnedTable unaware = tables.use(Samples.REGION, "orders");
        update(true);
        assertThat(current().maintenance()).isEqualTo(IndexMaintenance.DELETE_ONLY);
        assertThat(shown().timeToLiveStatus()).contains(TimeToLiveStatus.ENABLING);
        assertThat(shown().attributeName()).contains("expires");
        PinnedTable clearing = tables.use(Samples.REGION, "orders");
        unaware.close();
        life.run();
        assertThat(current().maintenance()).isEqualTo(IndexMaintenance.MAINTAIN);
        life.run();
        assertThat(filled).isEmpty();
        assertThat(shown().timeToLiveStatus()).contains(TimeToLiveStatus.ENABLING);
        clearing.close();
        life.run();
        life.run();
        assertThat(filled).hasSize(2);
        assertThat(shown().timeToLiveStatus()).contains(TimeToLiveStatus.ENABLED);
    }

    @Test
    void itsIndexGoesWhenNoWriterKeepsIt() {
        activate();
        update(true);
        putRow(current().tablespace());
        fixture.pass(Duration.ofHours(1));
        PinnedTable keeping = tables.use(Samples.REGION, "orders");
        update(false);
        assertThat(shown().timeToLiveStatus()).contains(TimeToLiveStatus.DISABLING);
        assertThat(shown().attributeName()).contains("expires");
        assertThat(hasRow(current().tablespace())).isTrue();
        keeping.close();
        life.run();
        assertThat(shown())
                .isEqualTo(TimeToLiveDescription.builder()
                        .timeToLiveStatus(TimeToLiveStatus.DISABLED)
                        .build());
        assertThat(hasRow(current().tablespace())).isFalse();
    }

    @Test
    void eachStepGoesOnAfterARestart() {
        activate();
        PinnedTable user = tables.use(Samples.REGION, "orders");
        update(true);
        restart();
        life.run();
        assertThat(current().isFilling()).isTrue();
        life.run();
        restart();
        life.run();
        assertThat(shown().timeToLiveStatus()).contains(TimeToLiveStatus.ENABLED);
        user.close();
    }

    @Test
    void aTableThatIsBeingCreatedHasNone() {
        assertThat(refusal(() -> update(true)))
                .isEqualTo("RESOURCE_IN_USE: Attempt to change a resource which is still in use: "
                        + "Table orders is being created");
        assertThat(refusal(this::shown))
                .isEqualTo("VALIDATION: Cannot describe time to live while table is in CREATING state: "
                        + "Current table state is CREATING");
    }

    @Test
    void aTableThatIsBeingDeletedTakesAnUpdateAndShowsNothing() {
        activate();
        tables.change(table.address(), before -> DeletionRules.delete(before, clock.instant()));
        update(true);
        assertThat(refusal(this::shown))
                .isEqualTo("VALIDATION: Cannot describe time to live while table is in DELETING state: "
                        + "Current table state is DELETING");
        TablespaceId tablespace = current().tablespace();
        putRow(tablespace);
        fixture.pass(DELAY);
        life.run();
        assertThat(tables.find(table.address())).isEmpty();
        assertThat(hasRow(tablespace)).isFalse();
        assertThat(refusal(this::shown)).startsWith(ErrorCode.RESOURCE_NOT_FOUND.name());
    }
}
