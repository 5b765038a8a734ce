package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BatchTest {
    private final Client client = Client.inMemory();

    @BeforeEach
    void twoTables() {
        for (String name : new String[] {"One", "Two"}) {
            client.call(
                    "CreateTable",
                    "{TableName: '" + name + "', BillingMode: 'PAY_PER_REQUEST',"
                            + " AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],"
                            + " KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}]}");
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aBatchWritesAndDeletesInSeveralTables() {
        client.answers("BatchWriteItem", """
                {RequestItems: {One: [{PutRequest: {Item: {id: {S: 'a'}, v: {S: 'x'}}}}, {PutRequest: {Item: {id: {S: 'b'}}}}],
                                Two: [{PutRequest: {Item: {id: {S: 'a'}}}}]}, ReturnConsumedCapacity: 'TOTAL'}""", """
                {UnprocessedItems: {}, ConsumedCapacity: [{TableName: 'One', CapacityUnits: 2.0}, {TableName: 'Two', CapacityUnits: 1.0}]}""");
        client.answers(
                "BatchWriteItem",
                "{RequestItems: {One: [{DeleteRequest: {Key: {id: {S: 'b'}}}}, {DeleteRequest: {Key: {id: {S: 'none'}}}}]}}",
                "{UnprocessedItems: {}}");
        client.answers("BatchGetItem", """
                {RequestItems: {One: {Keys: [{id: {S: 'a'}}, {id: {S: 'b'}}], ProjectionExpression: 'v'},
                                Two: {Keys: [{id: {S: 'a'}}], ConsistentRead: true}}, ReturnConsumedCapacity: 'TOTAL'}""", """
                {Responses: {One: [{v: {S: 'x'}}], Two: [{id: {S: 'a'}}]}, UnprocessedKeys: {},
                 ConsumedCapacity: [{TableName: 'One', CapacityUnits: 1.0}, {TableName: 'Two', CapacityUnits: 1.0}]}""");
    }

    @Test
    void theFormsOfAProjectionAreNotMixedNotEvenOverTables() {
        client.refuses(
                "BatchGetItem",
                "{RequestItems: {One: {Keys: [{id: {S: 'a'}}], ProjectionExpression: 'v'},"
                        + " Two: {Keys: [{id: {S: 'a'}}], AttributesToGet: ['v']}}}",
                "Can not use both expression and non-expression parameters in the same request: "
                        + "Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}");
    }

    @Test
    void nothingIsWrittenOfABatchThatIsRefused() {
        client.refuses(
                "BatchWriteItem",
                "{RequestItems: {One: [{PutRequest: {Item: {id: {S: 'a'}}}}, {PutRequest: {Item: {no: {S: 'b'}}}}]}}",
                "The provided key element does not match the schema");
        assertThat(client.call("Scan", "{TableName: 'One'}").get("Count").asInt())
                .isZero();
    }

    @Test
    void duplicatesAreRefused() {
        String message = "Provided list of item keys contains duplicates";
        client.refuses(
                "BatchWriteItem",
                "{RequestItems: {One: [{PutRequest: {Item: {id: {S: 'a'}, v: {S: 'x'}}}}, {DeleteRequest: {Key: {id: {S: 'a'}}}}]}}",
                message);
        client.refuses("BatchGetItem", "{RequestItems: {One: {Keys: [{id: {S: 'a'}}, {id: {S: 'a'}}]}}}", message);
    }

    @Test
    void keysToWriteAreTheSameByTheirValuesAndKeysToGetByTheirTexts() {
        client.call("CreateTable", """
                {TableName: 'Numbers', BillingMode: 'PAY_PER_REQUEST',
                 KeySchema: [{AttributeName: 'n', KeyType: 'HASH'}, {AttributeName: 'b', KeyType: 'RANGE'}],
                 AttributeDefinitions: [{AttributeName: 'n', AttributeType: 'N'}, {AttributeName: 'b', AttributeType: 'B'}]}""");
        String message = "Provided list of item keys contains duplicates";
        client.call("PutItem", "{TableName: 'Numbers', Item: {n: {N: '1000'}, b: {B: 'AA=='}}}");
        for (String number : List.of("1e3", "1000.0", "+1000", "01000", "100e1")) {
            String one = "{n: {N: '1000'}, b: {B: 'AA=='}}";
            String other = "{b: {B: 'AA=='}, n: {N: '" + number + "'}}";
            assertThat(client.call("BatchGetItem", "{RequestItems: {Numbers: {Keys: [" + one + ", " + other + "]}}}")
                            .at("/Responses/Numbers"))
                    .hasSize(2);
            client.refuses(
                    "BatchGetItem", "{RequestItems: {Numbers: {Keys: [" + other + ", " + other + "]}}}", message);
            client.refuses(
                    "BatchWriteItem",
                    "{RequestItems: {Numbers: [{PutRequest: {Item: " + one + "}}, {DeleteRequest: {Key: " + other
                            + "}}]}}",
                    message);
        }
    }

    @Test
    void aTableUnderItsNameAndItsArnIsOneTable() {
        String arn = "arn:aws:dynamodb:us-east-1:000000000000:table/One";
        client.refuses(
                "BatchWriteItem",
                "{RequestItems: {One: [{PutRequest: {Item: {id: {S: 'a'}}}}], '" + arn
                        + "': [{DeleteRequest: {Key: {id: {S: 'a'}}}}]}}",
                "Provided list of item keys contains duplicates");
        client.call("PutItem", "{TableName: '" + arn + "', Item: {id: {S: 'a'}}}");
        client.answers(
                "BatchGetItem",
                "{RequestItems: {'" + arn + "': {Keys: [{id: {S: 'a'}}]}}}",
                "{Responses: {'" + arn + "': [{id: {S: 'a'}}]}, UnprocessedKeys: {}}");
    }

    @Test
    void atMost25WritesAnd100Reads() {
        String puts = IntStream.range(0, 13)
                .mapToObj(i -> "{PutRequest: {Item: {id: {S: '" + i + "'}}}}")
                .collect(Collectors.joining(","));
        client.refuses(
                "BatchWriteItem",
                "{RequestItems: {One: [" + puts + "], Two: [" + puts + "]}}",
                "Too many items requested for the BatchWriteItem call");
        String keys =
                IntStream.range(0, 51).mapToObj(i -> "{id: {S: '" + i + "'}}").collect(Collectors.joining(","));
        client.refuses(
                "BatchGetItem",
                "{RequestItems: {One: {Keys: [" + keys + "]}, Two: {Keys: [" + keys + "]}}}",
                "Too many items requested for the BatchGetItem call");
    }

    @Test
    void anAnswerHoldsSixteenMegabytesAndNamesTheRest() {
        String value = "x".repeat(300 * 1024 - 10);
        for (int i = 0; i < 60; i++) {
            client.call("PutItem", "{TableName: 'One', Item: {id: {S: '" + i + "'}, v: {S: '" + value + "'}}}");
        }
        String keys =
                IntStream.range(0, 60).mapToObj(i -> "{id: {S: '" + i + "'}}").collect(Collectors.joining(","));
        JsonNode answer =
                client.call("BatchGetItem", "{RequestItems: {One: {Keys: [" + keys + "], ConsistentRead: true}}}");
        assertThat(answer.get("Responses").get("One").size()).isEqualTo(52);
        assertThat(answer.get("UnprocessedKeys").get("One").get("Keys").size()).isEqualTo(8);
        assertThat(answer.get("UnprocessedKeys")
                        .get("One")
                        .get("ConsistentRead")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aMissingTableRefusesTheWholeBatch() {
        client.refuses(
                "BatchGetItem",
                "{RequestItems: {One: {Keys: [{id: {S: 'a'}}]}, None: {Keys: [{id: {S: 'a'}}]}}}",
                "Requested resource not found");
    }
}
