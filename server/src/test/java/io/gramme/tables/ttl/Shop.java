package io.gramme.tables.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.identity.Caller;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.server.FakeKeyService;
import io.gramme.server.operation.CreateTable;
import io.gramme.server.operation.RequestContext;
import io.gramme.server.operation.RootKeys;
import io.gramme.server.operation.UpdateTimeToLive;
import io.gramme.server.permission.Guard;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.access.Action;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ExpiryRows;
import io.gramme.tables.item.IndexBuild;
import io.gramme.tables.item.IndexBuilds;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ItemStores;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.Rows;
import io.gramme.tables.item.TransactionConflicts;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Samples;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A table of baskets that expire, below the wire and in a time of its own. */
final class Shop implements InstantSource {
    private static final AccountRegion REGION = new AccountRegion("000000000000", "us-east-1");
    private static final Budget ALL = new Budget(1_000_000, 1L << 40);

    final RowStore store;
    final TransactionConflicts claims = new TransactionConflicts();
    final Tables tables;
    private final MillisecondClock clock = new MillisecondClock(this);
    final TableLifecycle life;
    final ItemStore items;
    final ExpirySweep sweep;
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    /** @param over makes the store, in the time of the shop */
    Shop(Function<InstantSource, RowStore> over) {
        this.store = over.apply(this);
        this.tables = new Tables(store, TableOptions.DEFAULT, this);
        var jobs = new Jobs(store);
        var runner = new JobRunner(jobs, new JobKinds(IndexBuild.kinds(store, tables)), this);
        this.life = new TableLifecycle(tables, store, new IndexBuilds(tables, jobs, runner, clock));
        this.items = ItemStores.over(store, tables, claims);
        this.sweep = new ExpirySweep(store, tables, items, this, Duration.ofSeconds(5));
    }

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    long second() {
        return now.getEpochSecond();
    }

    void create() {
        var request = Operations.CREATE_TABLE.read(Bytes.utf8("""
            {"TableName": "baskets", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
               {"AttributeName": "sk", "AttributeType": "N"}],
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"},
               {"AttributeName": "sk", "KeyType": "RANGE"}]}\
            """).toArray());
        var answer = new CreateTable(
                        tables,
                        life,
                        clock,
                        Samples.IDS,
                        Guard.open(InstantSource.system()).policies(),
                        new RootKeys(new FakeKeyService(), RootKeys.Scope.CALLER))
                .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()));
        assertThat(answer.tableDescription()).isPresent();
    }

    void expire(boolean enabled, String attribute) {
        var request = Operations.UPDATE_TIME_TO_LIVE.read(
                Bytes.utf8("""
                    {"TableName": "baskets",
                     "TimeToLiveSpecification": {"Enabled": %s, "AttributeName": "%s"}}\
                    """.formatted(enabled, attribute)).toArray());
        var answer = new UpdateTimeToLive(tables, life, clock)
                .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()));
        assertThat(answer.timeToLiveSpecification()).isPresent();
    }

    Table table() {
        return tables.find(new TableName(REGION, "baskets")).orElseThrow();
    }

    TimeToLive timeToLive() {
        return table().timeToLive().orElseThrow();
    }

    static Item key(String partition, long sort) {
        return Item.of(Map.of("pk", new Value.S(partition), "sk", new Value.N(Decimal.of(sort))));
    }

    static Item expiring(Item item, String attribute, String number) {
        var attributes = new LinkedHashMap<>(item.attributes());
        attributes.put(attribute, new Value.N(Decimal.parse(number)));
        return Item.of(attributes);
    }

    /** An item that expires so many seconds from now. */
    Item expiring(String partition, long seconds) {
        return expiring(key(partition, 1), "expires", Long.toString(second() + seconds));
    }

    Change put(Item item) {
        return edit(item, _ -> Optional.of(item));
    }

    Change edit(Item key, UnaryOperator<Optional<Item>> edit) {
        try (PinnedTable use = tables.use(REGION, "baskets")) {
            return items.write(Caller.SERVER, new ItemWrite(use.table(), key, Action.PUT_ITEM, Set::of, edit::apply));
        }
    }

    Optional<Item> get(Item key) {
        return items.reads().get(Intent.of(Caller.SERVER, Action.GET_ITEM), table(), key, Consistency.STRONG);
    }

    List<Row> itemRows() {
        return rows(table().tablespace());
    }

    List<Row> entries() {
        return rows(timeToLive().tablespace());
    }

    private List<Row> rows(TablespaceId tablespace) {
        return store.sweep(HashRange.whole(tablespace, Rows.ITEM), ALL, Consistency.STRONG)
                .rows();
    }

    /** The index holds an entry for each item that has a time, in the place of that time, and no other. */
    void requireIndexToAgree() {
        var expected = new LinkedHashMap<RowKey, Bytes>();
        if (timeToLive().isEnabled()) {
            for (Row row : itemRows()) {
                Optional<Write.Put> entry = ExpiryRows.entry(table(), timeToLive(), ItemCodec.decode(row.value()));
                entry.ifPresent(put -> expected.put(put.key(), put.value()));
            }
        }
        var found = new LinkedHashMap<RowKey, Bytes>();
        entries().forEach(row -> found.put(row.key(), row.value()));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
    }
}
