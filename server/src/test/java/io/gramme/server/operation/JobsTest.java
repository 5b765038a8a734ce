package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.server.Client;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** ListJobs, DescribeJob and CancelJob. */
class JobsTest {
    private static final String TABLE = """
            {TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST',
             AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
             KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}""";

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Client client = Client.at(() -> now);

    @AfterEach
    void close() {
        client.close();
    }

    private void addIndex(String name) {
        client.call(
                "UpdateTable",
                "{TableName: 'Orders', AttributeDefinitions: [{AttributeName: 'a', AttributeType: 'S'}],"
                        + " GlobalSecondaryIndexUpdates: [{Create: {IndexName: '" + name + "',"
                        + " KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}}}]}");
    }

    /** A job of a kind that no server runs, so that it stays as it is. */
    private Job submit(String account, String table) {
        now = now.plusSeconds(1);
        var subject = new Job.Subject(account, "us-east-1", table, "id", Optional.empty());
        return new Jobs(client.store())
                .submit(Job.of("OTHER", subject, table, List.of(new Job.Range(0, -1)), now)
                        .withTotal(7));
    }

    private JsonNode list(String request) {
        return client.callGramme("ListJobs", request).get("Jobs");
    }

    private String refusal(String operation, String request) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> client.callGramme(operation, request));
        return refusal.code() + ": " + refusal.text();
    }

    private static List<String> tables(JsonNode jobs) {
        var names = new ArrayList<String>();
        jobs.forEach(job -> names.add(job.get("TableName").asString()));
        return names;
    }

    @Test
    void theBuildOfAnIndexIsAJob() {
        client.call("CreateTable", TABLE);
        client.call("PutItem", "{TableName: 'Orders', Item: {pk: {S: 'one'}, a: {S: 'x'}}}");
        client.call("PutItem", "{TableName: 'Orders', Item: {pk: {S: 'two'}}}");
        now = now.plus(Duration.ofMillis(1500));
        addIndex("by-a");

        JsonNode job = list("{TableName: 'Orders'}").get(0);
        String id = job.get("JobId").asString();
        JsonNode described =
                client.callGramme("DescribeJob", "{JobId: '" + id + "'}").get("Job");
        assertThat(described).isEqualTo(job);
        assertThat(described.get("Kind").asString()).isEqualTo("INDEX_BUILD");
        assertThat(described.get("ResourceName").asString()).isEqualTo("by-a");
        assertThat(described.get("State").asString()).isEqualTo("COMPLETED");
        assertThat(described.get("ProcessedItems").asLong()).isEqualTo(2);
        assertThat(described.get("EstimatedItems").asLong()).isEqualTo(2);
        assertThat(described.get("ProgressPercent").asInt()).isEqualTo(100);
        assertThat(described.get("CreationTime").asDouble()).isEqualTo(now.toEpochMilli() / 1e3);
        assertThat(described.get("EndTime").asDouble()).isEqualTo(now.toEpochMilli() / 1e3);
        assertThat(client.call("Scan", "{TableName: 'Orders', IndexName: 'by-a'}")
                        .get("Count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theBuildOfAnExpiryIndexIsAJob() {
        client.call("CreateTable", TABLE);
        client.call(
                "UpdateTimeToLive",
                "{TableName: 'Orders', TimeToLiveSpecification: {Enabled: true, AttributeName: 'expires'}}");
        JsonNode job = list("{}").get(0);
        assertThat(job.get("Kind").asString()).isEqualTo("TTL_INDEX_BUILD");
        assertThat(job.get("ResourceName").asString()).isEqualTo("expires");
        assertThat(job.get("State").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void jobsAreListedNewestFirstAndPageByPage() {
        List.of("one", "two", "three", "four", "five").forEach(table -> submit("000000000000", table));
        var names = new ArrayList<String>();
        String request = "{Limit: 2}";
        int pages = 0;
        while (true) {
            JsonNode page = client.callGramme("ListJobs", request);
            names.addAll(tables(page.get("Jobs")));
            pages++;
            if (!page.has("NextToken")) {
                break;
            }
            request = "{Limit: 2, NextToken: '" + page.get("NextToken").asString() + "'}";
        }
        assertThat(names).containsExactly("five", "four", "three", "two", "one");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void jobsAreListedByTableAndByState() {
        Job one = submit("000000000000", "one");
        submit("000000000000", "two");
        new Jobs(client.store()).requestCancel(one.id());
        assertThat(tables(list("{TableName: 'two'}"))).containsExactly("two");
        assertThat(tables(list("{TableName: 'arn:aws:dynamodb:us-east-1:000000000000:table/two'}")))
                .containsExactly("two");
        assertThat(tables(list("{State: 'QUEUED'}"))).containsExactly("two", "one");
        assertThat(tables(list("{State: 'FAILED'}"))).isEmpty();
        assertThat(tables(list("{TableName: 'three'}"))).isEmpty();
        assertThat(refusal("ListJobs", "{State: 'SLEEPING'}"))
                .isEqualTo("VALIDATION: 1 validation error detected: Value 'SLEEPING' at 'state' failed to"
                        + " satisfy constraint: Member must satisfy enum value set: [QUEUED, RUNNING, COMPLETED,"
                        + " FAILED, CANCELLED]");
        assertThat(refusal("ListJobs", "{Limit: 0}"))
                .startsWith("VALIDATION: 1 validation error detected: Value '0' at 'limit'");
        assertThat(refusal("ListJobs", "{NextToken: 'next'}"))
                .isEqualTo("VALIDATION: One or more parameter values were invalid: NextToken is not one that"
                        + " ListJobs has returned");
    }

    @Test
    void aJobIsShownToItsAccountOnly() {
        Job other = submit("111111111111", "orders");
        assertThat(list("{}")).isEmpty();
        String expected = "RESOURCE_NOT_FOUND: Requested resource not found: Job: " + other.id()
                + " not found in account 000000000000, region us-east-1";
        assertThat(refusal("DescribeJob", "{JobId: '" + other.id() + "'}")).isEqualTo(expected);
        assertThat(refusal("CancelJob", "{JobId: '" + other.id() + "'}")).isEqualTo(expected);
        assertThat(refusal("DescribeJob", "{JobId: 'none'}"))
                .startsWith("RESOURCE_NOT_FOUND: Requested resource not found: Job: none not found");
        assertThat(refusal("DescribeJob", "{}")).startsWith("VALIDATION: 1 validation error");
    }

    @Test
    void aJobIsCancelledBeforeItsNextStep() {
        Job job = submit("000000000000", "orders");
        JsonNode answer =
                client.callGramme("CancelJob", "{JobId: '" + job.id() + "'}").get("Job");
        assertThat(answer.get("CancelRequested").asBoolean()).isTrue();
        assertThat(answer.get("State").asString()).isEqualTo("QUEUED");
        assertThat(answer.get("ProgressPercent").asInt()).isZero();
    }

    @Test
    void anEndedJobCannotBeCancelled() {
        client.call("CreateTable", TABLE);
        addIndex("by-a");
        String id = list("{}").get(0).get("JobId").asString();
        assertThat(refusal("CancelJob", "{JobId: '" + id + "'}"))
                .isEqualTo("VALIDATION: One or more parameter values were invalid: Job " + id
                        + " has ended already: its state is COMPLETED");
    }
}
