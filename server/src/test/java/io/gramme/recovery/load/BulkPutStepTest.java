package io.gramme.recovery.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.BulkOperationInputFormat;
import io.gramme.api.BulkOperationOutputType;
import io.gramme.api.InputS3Configuration;
import io.gramme.api.OutputS3Configuration;
import io.gramme.api.StartBulkPutItemsInput;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ErrorCode;
import io.gramme.recovery.ResourceId;
import io.gramme.server.Client;
import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.tables.access.Access;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.capacity.Units;
import io.gramme.tables.item.Admission;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Charge;
import io.gramme.tables.item.ItemCounts;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.item.TransactionConflicts;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobFailedException;
import io.gramme.tables.job.JobKind;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Table;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.ObjectSummary;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of a bulk put, each taken twice as after a crash, or cut short by a table without write units. */
class BulkPutStepTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final Client client = Client.inMemory();
    private final Bucket input = client.buckets().create("input");
    private final Bucket output = client.buckets().create("output");
    private final BulkPuts puts = new BulkPuts(client.store(), new Jobs(client.store()), new SplittableRandom(), CLOCK);

    @BeforeEach
    void create() {
        client.call(
                "CreateTable",
                "{TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}");
        Awaitility.await().until(() -> table().status() == Table.Status.ACTIVE);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aStepThatRunsAgainCountsAndReportsNothingTwice() throws JobFailedException {
        client.call("PutItem", "{TableName: 'orders', Item: {pk: {S: 'old'}}}");
        String condition = ",\"ConditionExpression\":\"attribute_not_exists(pk)\"";
        input.put(
                "a.json",
                Bytes.utf8(line("plain", "")
                        + line("new", condition)
                        + "{\"Item\":{\"pk\":{\"S\":\"old\"},\"n\":{\"N\":\"1\"}}" + condition + "}\n"
                        + "{\"Item\":{\"n\":{\"N\":\"1\"}}}\n"));
        BulkPut one = begun();
        Job job = job(one);
        for (int part = 0; part < job.ranges().size(); part++) {
            Optional<Bytes> cursor = Optional.empty();
            boolean more = true;
            while (more) {
                var at = new Job.Part(job.id(), part, job.ranges().get(part), cursor, false, Job.Counters.ZERO);
                var _ = kind(Admission.UNLIMITED).step(job, at, Integer.MAX_VALUE);
                JobKind.Step step = kind(Admission.UNLIMITED).step(job, at, Integer.MAX_VALUE);
                more = step instanceof JobKind.Step.Advanced;
                cursor = step instanceof JobKind.Step.Advanced advanced ? Optional.of(advanced.cursor()) : cursor;
            }
        }
        var _ = kind(Admission.UNLIMITED).finish(job);
        var _ = kind(Admission.UNLIMITED).finish(job);
        BulkPut done = stored(one);
        assertThat(done.status()).isEqualTo(BulkPut.Status.COMPLETED_WITH_ERRORS);
        assertThat(done.sums().items()).isEqualTo(4);
        assertThat(done.sums().failed()).isOne();
        assertThat(done.sums().refused()).isOne();
        List<String> keys =
                output.list("", "", 1_000).stream().map(ObjectSummary::key).toList();
        assertThat(keys).hasSize(3);
        assertThat(keys)
                .filteredOn(key -> !key.endsWith("manifest.json"))
                .allSatisfy(key -> assertThat(
                                new String(output.content(key, 1 << 20).toArray(), StandardCharsets.UTF_8).lines())
                        .hasSize(1));
        client.answers("GetItem", "{TableName: 'orders', Key: {pk: {S: 'old'}}}", "{Item: {pk: {S: 'old'}}}");
    }

    @Test
    void aReportOfAnEarlierRunThatIsNotTrueAnyMoreIsDeleted() throws JobFailedException {
        input.put("a.json", Bytes.utf8(line("a", ",\"ConditionExpression\":\"attribute_exists(pk)\"")));
        BulkPut one = begun();
        Job job = job(one);
        int part = Math.floorMod("a.json".hashCode(), job.ranges().size());
        var at = new Job.Part(job.id(), part, job.ranges().get(part), Optional.empty(), false, Job.Counters.ZERO);
        var _ = kind(Admission.UNLIMITED).step(job, at, Integer.MAX_VALUE);
        assertThat(output.list("", "", 1_000)).hasSize(1);
        client.call("PutItem", "{TableName: 'orders', Item: {pk: {S: 'a'}}}");
        var _ = kind(Admission.UNLIMITED).step(job, at, Integer.MAX_VALUE);
        assertThat(output.list("", "", 1_000)).isEmpty();
        assertThat(puts.sums(one).refused()).isZero();
    }

    @Test
    void aTableWithoutWriteUnitsCutsAStepShort() throws JobFailedException {
        var text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append(i % 10 == 5 ? "{\"Item\":{}}\n" : line("k" + i, ""));
        }
        input.put("a.json", Bytes.utf8(text.toString()));
        BulkPut one = begun();
        Job job = job(one);
        int part = Math.floorMod("a.json".hashCode(), job.ranges().size());
        BulkPutJob kind = kind(new EveryThird());
        Optional<Bytes> cursor = Optional.empty();
        int steps = 0;
        boolean more = true;
        while (more) {
            var at = new Job.Part(job.id(), part, job.ranges().get(part), cursor, false, Job.Counters.ZERO);
            JobKind.Step step = kind.step(job, at, Integer.MAX_VALUE);
            more = step instanceof JobKind.Step.Advanced;
            cursor = step instanceof JobKind.Step.Advanced advanced ? Optional.of(advanced.cursor()) : cursor;
            steps++;
        }
        assertThat(steps).isGreaterThan(3);
        var _ = kind.finish(job);
        assertThat(stored(one).sums().items()).isEqualTo(1_000);
        assertThat(stored(one).sums().failed()).isEqualTo(100);
        assertThat(client.call("Scan", "{TableName: 'orders', Select: 'COUNT'}")
                        .get("Count")
                        .asInt())
                .isEqualTo(900);
    }

    @Test
    void aRecordWithoutAJobGetsOne() {
        input.put("a.json", Bytes.utf8(line("a", "")));
        BulkPut one = begun(CLOCK.instant().minusSeconds(120));
        client.recover();
        Awaitility.await().until(() -> stored(one).status() == BulkPut.Status.COMPLETED);
        client.answers("GetItem", "{TableName: 'orders', Key: {pk: {S: 'a'}}}", "{Item: {pk: {S: 'a'}}}");
    }

    @Test
    void aBatchThatIsPutInPartWaitsForWriteUnitsAndPaysForEachItemOnce() throws JobFailedException {
        client.call(
                "UpdateTable",
                "{TableName: 'orders', BillingMode: 'PROVISIONED',"
                        + "ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 20}}");
        Awaitility.await().until(() -> table().capacity().throughput().writeUnits() == 20);
        var text = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            text.append(line("k" + i, ""));
        }
        input.put("a.json", Bytes.utf8(text.toString()));
        BulkPut one = begun();
        Job job = job(one);
        int part = Math.floorMod("a.json".hashCode(), job.ranges().size());
        // Each look at the clock is half a second later.
        var time = new AtomicLong();
        var meters = Meters.alone(
                ThroughputMode.LIMITS,
                Optional.empty(),
                () -> time.addAndGet(500_000_000),
                () -> table().created().toEpochMilli());
        var at = new Job.Part(job.id(), part, job.ranges().get(part), Optional.empty(), false, Job.Counters.ZERO);
        JobKind.Step step = kind(meters).step(job, at, Integer.MAX_VALUE);
        assertThat(step).isInstanceOf(JobKind.Step.Advanced.class);
        assertThat(meters.of(table()).consumed(Units.Kind.WRITE)).isEqualTo(2 * 90);
    }

    /** Admits two commits, and then refuses one. */
    private static final class EveryThird implements Admission {
        private int commits;

        @Override
        public Charge charge() {
            return new Charge() {
                @Override
                public void begin() {
                    commits++;
                }

                @Override
                public void end() {}

                @Override
                public void admitRead(ReadTarget target, long hash) {}

                @Override
                public void payRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor) {}

                @Override
                public void payScan(ReadTarget target, Partition partition, long bytes, Consistency consistency) {}

                @Override
                public void admitWrite(Change change, Factor factor) {
                    if (commits % 3 == 0) {
                        throw ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED.because("no units");
                    }
                }

                @Override
                public void payWrites() {}

                @Override
                public void payFailed(Table table, RowKey row, long bytes) {}
            };
        }
    }

    private static String line(String key, String condition) {
        return "{\"Item\":{\"pk\":{\"S\":\"" + key + "\"}}" + condition + "}\n";
    }

    /** A bulk put whose job the server does not know. */
    private BulkPut begun() {
        return begun(CLOCK.instant());
    }

    private BulkPut begun(Instant time) {
        var request = StartBulkPutItemsInput.builder()
                .tableName("orders")
                .inputS3Configuration(InputS3Configuration.builder()
                        .s3Bucket("input")
                        .inputFormat(BulkOperationInputFormat.DYNAMODB_JSON)
                        .build())
                .outputS3Configuration(OutputS3Configuration.builder()
                        .s3Bucket("output")
                        .outputType(List.of(BulkOperationOutputType.values()))
                        .build())
                .build();
        var one = new BulkPut(
                ResourceId.of(time, 1),
                table().address(),
                table().id(),
                request,
                BulkPut.Status.IN_PROGRESS,
                OptionalLong.empty(),
                Optional.empty(),
                BulkSums.ZERO,
                Optional.empty());
        puts.rows().put(one);
        return one;
    }

    private static Job job(BulkPut one) {
        var owner = one.table().accountRegion();
        var subject =
                new Job.Subject(owner.account(), owner.region(), one.table().name(), one.tableId(), Optional.empty());
        return Job.of(BulkPutJob.NAME, subject, one.id().text(), ObjectSource.parts(), CLOCK.instant());
    }

    /** The kind of job of a server that has just started. */
    private BulkPutJob kind(Admission admission) {
        var items = new ItemStore(
                client.store(),
                new ItemCounts(client.tables().statistics()),
                new TransactionConflicts(),
                Access.UNRESTRICTED,
                admission,
                ItemStore.MAX_COLLECTION_BYTES);
        return new BulkPutJob(client.tables(), items, puts, client.buckets(), CLOCK);
    }

    private BulkPut stored(BulkPut one) {
        return puts.find(one.table().accountRegion(), one.id()).orElseThrow();
    }

    private Table table() {
        return client.tables().all().getFirst();
    }
}
