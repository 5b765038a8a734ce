package io.gramme.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.EncryptedStore;
import io.gramme.encryption.OwnedKeys;
import io.gramme.server.Client;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobKind.Ending;
import io.gramme.tables.job.JobKind.Step;
import io.gramme.tables.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataKeyRetirementTest {
    private static final OwnedKeys KEYS =
            new OwnedKeys(List.of(new OwnedKeys.Secret(1, Bytes.utf8("0123456789abcdef0123456789abcdef"))));
    private static final String TABLE = """
            {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
             KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
             AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
              {AttributeName: 'a', AttributeType: 'S'}],
             LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'ALL'},
              KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]}],
             GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},
              KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]}""";

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final RowStore engine = new MemoryStore(() -> now);
    private final EncryptedStore keys = open();

    private EncryptedStore open() {
        EncryptedStore.decideSealed(engine, KEYS);
        return EncryptedStore.open(engine, KEYS, () -> now);
    }

    private Client client(EncryptedStore store) {
        return Client.over(store, () -> now);
    }

    private static void put(Client client, int from, int to) {
        for (int i = from; i < to; i++) {
            client.call(
                    "PutItem",
                    "{TableName: 'orders', Item: {pk: {S: 'p%d'}, sk: {N: '%d'}, a: {S: 'x'}, ttl: {N: '4000000000'}}}"
                            .formatted(i % 3, i));
        }
    }

    private static void assertItems(Client client, int items) {
        for (String index : List.of("", ", IndexName: 'by-a'", ", IndexName: 'local'")) {
            assertThat(client.call("Scan", "{TableName: 'orders', Select: 'ALL_ATTRIBUTES'" + index + "}")
                            .get("Count")
                            .asInt())
                    .as(index)
                    .isEqualTo(items);
        }
    }

    private Ending run(Client client, Job job) throws Exception {
        var kind = new DataKeyRetirement(keys.retirement(), client.tables());
        for (int number = 0; number < job.ranges().size(); number++) {
            var part = new Job.Part(
                    job.id(), number, job.ranges().get(number), Optional.empty(), false, Job.Counters.ZERO);
            Step step = kind.step(job, part, 3);
            while (step instanceof Step.Advanced(var cursor, var counters, var _)) {
                part = new Job.Part(part.jobId(), number, part.range(), Optional.of(cursor), false, counters);
                step = kind.step(job, part, 3);
            }
            assertThat(step).isInstanceOf(Step.Done.class);
        }
        return kind.finish(job);
    }

    @Test
    void everyRowOfATableAndItsIndexesOpensAfterItsOldKeysAreDestroyed() throws Exception {
        try (Client client = client(keys)) {
            client.call("CreateTable", TABLE);
            client.call(
                    "UpdateTimeToLive",
                    "{TableName: 'orders', TimeToLiveSpecification: {Enabled: true, AttributeName: 'ttl'}}");
            put(client, 0, 20);
            now = now.plus(Duration.ofHours(30));
            put(client, 20, 25);
            Table table = client.tables().all().getFirst();
            Job job = DataKeyRetirement.job(table, 25, now);
            assertThat(run(client, job)).isEqualTo(new Ending.Complete());

            EncryptedStore fresh = open();
            table.allTablespaces()
                    .forEach(tablespace -> assertThat(fresh.retirement().destroy(tablespace, job.created()))
                            .isZero());
            try (Client later = client(fresh)) {
                assertItems(later, 25);
                put(later, 0, 30);
                assertItems(later, 30);
            }
        }
    }

    @Test
    void aTableThatKeepsEarlierStatesKeepsItsKeys() throws Exception {
        try (Client client = client(keys)) {
            client.call("CreateTable", TABLE);
            client.call(
                    "UpdateContinuousBackups",
                    "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}");
            put(client, 0, 5);
            now = now.plus(Duration.ofHours(30));
            Table table = client.tables().all().getFirst();
            var kind = new DataKeyRetirement(keys.retirement(), client.tables());
            Job job = DataKeyRetirement.job(table, 5, now);
            assertThat(kind.finish(job)).isInstanceOf(Step.Obsolete.class);
            assertItems(client, 5);
            client.refusesGramme(
                    "RetireDataKeys",
                    "{TableName: 'orders'}",
                    "This server does not seal its tables, so they have no keys");
        }
    }
}
