package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Which shards DescribeStream lists, and which texts can be no stream's ARN. */
class DescribeStreamTest {
    private static final String ON_DEMAND = "BillingMode: 'PAY_PER_REQUEST'";

    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shardsAreListedByAscendingIdsOverAllPages() {
        String arn = table(provisioned(1, 12_000));
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: '" + "a".repeat(200) + "'}}}");
        for (int i = 0; i < 5; i++) {
            client.splitPartitions(1);
        }
        var listed = new ArrayList<String>();
        String start = "";
        do {
            JsonNode page = client.callStreams("DescribeStream", "{StreamArn: '" + arn + "', Limit: 3" + start + "}")
                    .get("StreamDescription");
            page.get("Shards").forEach(shard -> listed.add(shard.get("ShardId").asString()));
            start = page.has("LastEvaluatedShardId")
                    ? ", ExclusiveStartShardId: '"
                            + page.get("LastEvaluatedShardId").asString() + "'"
                    : "";
        } while (!start.isEmpty());

        assertThat(listed).isEqualTo(shards(arn, "")).hasSizeGreaterThan(12);
        assertThat(listed).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anUnknownStartShardLeavesThoseBehindIt() {
        String arn = table(ON_DEMAND);

        assertThat(shards(arn, start("shardId-99999999999999999999-ffffffff"))).isEmpty();
        assertThat(shards(arn, start("shardId-00000000000000000000-00000000"))).isEqualTo(shards(arn, ""));
        String second = shards(arn, "").get(1);
        assertThat(shards(arn, start(second + "0"))).isEqualTo(shards(arn, "").subList(2, 4));
    }

    private static String start(String shard) {
        return ", ExclusiveStartShardId: '" + shard + "'";
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 1", "3000, 1000, 1", "3001, 1, 2", "1, 1001, 2", "12000, 4000, 4", "1, 40000, 40"})
    void aNewStreamOfAProvisionedTableHasAShardForEachPartitionThatItsThroughputNeeds(int read, int write, int shards) {
        assertThat(shards(table(provisioned(read, write)), "")).hasSize(shards);
    }

    @Test
    void aNewStreamOfAnOnDemandTableHasFourShards() {
        assertThat(shards(table(ON_DEMAND), "")).hasSize(4);
    }

    @Test
    void aStreamThatIsEnabledLaterHasAsManyShardsAsOneFromTheBeginning() {
        client.call("CreateTable", """
                {TableName: 'Later', ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5},
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}""");
        String arn = client.call(
                        "UpdateTable",
                        "{TableName: 'Later', StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}")
                .at("/TableDescription/LatestStreamArn")
                .asString();

        assertThat(shards(arn, "")).hasSize(1);
    }

    @Test
    void aFilterHasATypeAndAShard() {
        String arn = table(ON_DEMAND);
        String shard = shards(arn, "").getFirst();
        String type = "One or more parameter values were invalid: Type must be specified for ShardFilter";

        refuses("DescribeStream", "{StreamArn: '" + arn + "', ShardFilter: {}}", type);
        refuses("DescribeStream", "{StreamArn: '" + arn + "', ShardFilter: {ShardId: '" + shard + "'}}", type);
        refuses(
                "DescribeStream",
                "{StreamArn: '" + arn + "', ShardFilter: {Type: 'CHILD_SHARDS'}}",
                "One or more parameter values were invalid: ShardId must be specified for ShardFilterType CHILD_SHARDS");
        assertThat(shards(arn, ", ShardFilter: {Type: 'CHILD_SHARDS', ShardId: '" + shard + "'}"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void whatCanBeNoStreamsArnIsMalformed(String arn) {
        refuses("DescribeStream", "{StreamArn: '" + arn + "'}", "Invalid StreamArn");
        refuses(
                "GetShardIterator",
                "{StreamArn: '" + arn + "', ShardId: 'shardId-00000000000000000000-00000000',"
                        + " ShardIteratorType: 'LATEST'}",
                "Invalid StreamArn");
        refuses("ListStreams", "{ExclusiveStartStreamArn: '" + arn + "'}", "Invalid ExclusiveStartStreamArn");
        refuses(
                "GetRecords",
                "{ShardIterator: '" + arn + "|1|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}",
                "Invalid ShardIterator");
    }

    static Stream<String> whatCanBeNoStreamsArnIsMalformed() {
        return Stream.of(
                "no ARN at all, but as long as one has to be",
                "arn:aws:dynamodb:us-east-1:000000000000:table/Music",
                "arn:aws:dynamodb:us-east-1:000000000000:table/Music/stream/",
                "arn:aws:dynamodb:us-east-1:000000000000:table/Mu!ic/stream/2026-03-04T05:06:07.890",
                "arn:aws:dynamodb:us-east-1:000000000000:table/Music/index/2026-03-04T05:06:07.890",
                "arn:aws:kinesis:us-east-1:000000000000:stream/Music",
                "arn:aws:dynamodb:us-east-1:table/Music/stream/2026-03-04T05:06:07.890",
                "arn:aws:dynamodb:us-east-1:000000000000:table/Music/stream/2026-03-04T05:06:07.890/x");
    }

    @Test
    void aWellFormedArnOfNoStreamIsNotFound() {
        String arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Music/stream/2026-03-04T05:06:07.890";

        assertThat(refusal("DescribeStream", "{StreamArn: '" + arn + "'}").code())
                .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        assertThat(refusal("GetRecords", "{ShardIterator: '" + arn + "|1|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}")
                        .code())
                .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        assertThat(client.callStreams("ListStreams", "{ExclusiveStartStreamArn: '" + arn + "'}")
                        .get("Streams"))
                .isEmpty();
    }

    @Test
    void anArnThatDiffersFromAStreamsInOnePartIsNotFound() {
        String arn = table(ON_DEMAND);
        String label = arn.substring(arn.lastIndexOf('/') + 1);

        assertThat(shards(arn, "")).isNotEmpty();
        assertThat(Stream.of(
                        arn.replace("arn:aws:", "arn:aws-cn:"),
                        arn.replaceFirst(":dynamodb:[^:]+:", ":dynamodb:mars-east-1:"),
                        arn.replaceFirst(":[^:]+:table/", ":999999999999:table/"),
                        arn.replace("table/Music/", "table/Musik/"),
                        arn.replace(label, label + "0")))
                .doesNotContain(arn)
                .allSatisfy(other -> assertThat(refusal("DescribeStream", "{StreamArn: '" + other + "'}")
                                .code())
                        .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND));
    }

    @Test
    void aTableMayBearTheNameOfAPartOfTheArn() {
        String arn = client.call("CreateTable", """
                {TableName: 'stream', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}""")
                .at("/TableDescription/LatestStreamArn")
                .asString();

        assertThat(shards(arn, "")).hasSize(4);
    }

    private static String provisioned(int read, int write) {
        return "ProvisionedThroughput: {ReadCapacityUnits: " + read + ", WriteCapacityUnits: " + write + "}";
    }

    private String table(String billing) {
        return client.call(
                        "CreateTable",
                        "{TableName: 'Music', " + billing + ","
                                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                                + "StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}")
                .at("/TableDescription/LatestStreamArn")
                .asString();
    }

    private List<String> shards(String arn, String more) {
        var ids = new ArrayList<String>();
        client.callStreams("DescribeStream", "{StreamArn: '" + arn + "'" + more + "}")
                .at("/StreamDescription/Shards")
                .forEach(shard -> ids.add(shard.get("ShardId").asString()));
        return ids;
    }

    private ApiException refusal(String operation, String request) {
        return catchThrowableOfType(ApiException.class, () -> client.callStreams(operation, request));
    }

    private void refuses(String operation, String request, String message) {
        ApiException refusal = refusal(operation, request);
        assertThat(refusal).as(request).isNotNull();
        assertThat(refusal.text()).as(request).isEqualTo(message);
        assertThat(refusal.code()).as(request).isEqualTo(ErrorCode.VALIDATION);
    }
}
