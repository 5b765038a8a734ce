package io.gramme.consistency.workload;

import io.gramme.consistency.Action;
import io.gramme.consistency.Action.Read;
import io.gramme.consistency.Fate;
import io.gramme.consistency.HistoryCheck;
import io.gramme.consistency.Operation;
import io.gramme.consistency.Recorder;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * A workload of many clients on the same few items of two tables with indexes, by single writes, reads and
 * transactions; and the check that their history has a legal order.
 */
public final class ListWorkload {
    private static final int ITEMS_AT_ONCE = 10;
    private static final int NO_CLIENT = -1;
    private static final int SHOWN = 3;

    private final Database database;
    private final Slots slots;
    private final AtomicLong elements = new AtomicLong();
    private final Recorder recorder = new Recorder();

    /** @param prefix of the names of its tables, which are made here */
    public ListWorkload(Database database, String prefix) {
        this.database = database;
        this.slots = new Slots(prefix, ITEMS_AT_ONCE);
        database.createTable(
                slots.lists(),
                "{TableName: '" + slots.lists() + "', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'p', AttributeType: 'S'},"
                        + "{AttributeName: 'g', AttributeType: 'S'}, {AttributeName: 'n', AttributeType: 'N'}],"
                        + "KeySchema: [{AttributeName: 'p', KeyType: 'HASH'}],"
                        + "GlobalSecondaryIndexes: [{IndexName: 'byMark', Projection: {ProjectionType: 'ALL'},"
                        + "KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}, {AttributeName: 'n', KeyType: 'RANGE'}]}]}");
        database.createTable(
                slots.shelves(),
                "{TableName: '" + slots.shelves() + "', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'p', AttributeType: 'S'},"
                        + "{AttributeName: 's', AttributeType: 'N'}, {AttributeName: 'g', AttributeType: 'S'},"
                        + "{AttributeName: 'n', AttributeType: 'N'}],"
                        + "KeySchema: [{AttributeName: 'p', KeyType: 'HASH'}, {AttributeName: 's', KeyType: 'RANGE'}],"
                        + "LocalSecondaryIndexes: [{IndexName: 'byNumber', Projection: {ProjectionType: 'ALL'},"
                        + "KeySchema: [{AttributeName: 'p', KeyType: 'HASH'}, {AttributeName: 'n', KeyType: 'RANGE'}]}],"
                        + "GlobalSecondaryIndexes: [{IndexName: 'byMark', Projection: {ProjectionType: 'KEYS_ONLY'},"
                        + "KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}]}]}");
    }

    /** Starts that many clients. */
    public void join(Crowd crowd, int clients, long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < clients; i++) {
            crowd.add(new ListClient(i, database, slots, elements, recorder, random.split()));
        }
    }

    /** The number of requests that have been answered by now, or are known to be lost. */
    public int settled() {
        return recorder.count();
    }

    /** Reads everything once the clients have ended, and throws if there is no legal order or an index disagrees. */
    public Tally check() {
        for (Slot slot : slots.all()) {
            long begin = recorder.now();
            JsonNode body = database.mustDo(
                    "GetItem", "{TableName: '" + slot.table() + "', Key: {" + slot.key() + "}, ConsistentRead: true}");
            Action read = new Read(slot.name(), Slot.list(body.optional("Item")));
            recorder.add(NO_CLIENT, "last GetItem", begin, Fate.DONE, List.of(read));
        }
        List<Operation> history = recorder.history().stream()
                .sorted(Comparator.comparingLong(Operation::begin))
                .toList();
        var anomalies = HistoryCheck.anomalies(history);
        if (!anomalies.isEmpty()) {
            throw new AssertionError(
                    anomalies.size() + " anomalies among " + history.size() + " operations, the first:\n"
                            + String.join(
                                    "\n",
                                    anomalies.stream()
                                            .limit(SHOWN)
                                            .map(Object::toString)
                                            .toList()));
        }
        new IndexCheck(database, slots.lists()).run();
        new IndexCheck(database, slots.shelves()).run();
        return Tally.of(history);
    }

    public void dropTables() {
        database.call("DeleteTable", "{TableName: '" + slots.lists() + "'}");
        database.call("DeleteTable", "{TableName: '" + slots.shelves() + "'}");
    }

    /** The numbers of requests by fate, for judging whether the workload did enough. */
    public record Tally(long done, long refused, long unanswered, long transactions) {

        static Tally of(List<Operation> history) {
            return new Tally(
                    count(history, Fate.DONE),
                    count(history, Fate.REFUSED),
                    count(history, Fate.UNKNOWN),
                    history.stream()
                            .filter(operation -> operation.fate() == Fate.DONE
                                    && operation.name().startsWith("TransactWrite"))
                            .count());
        }

        private static long count(List<Operation> history, Fate fate) {
            return history.stream()
                    .filter(operation -> operation.fate() == fate)
                    .count();
        }
    }
}
