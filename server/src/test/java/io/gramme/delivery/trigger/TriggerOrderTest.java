package io.gramme.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request for a trigger is told before anything is done. */
class TriggerOrderTest {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final Shop shop = new Shop(Optional.empty());

    @BeforeEach
    void open() {
        shop.table("KEYS_ONLY");
        shop.client.call(
                "CreateTable",
                "{TableName: 'Quiet', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private ApiException refusal(String operation, String request) {
        ApiException refusal =
                catchThrowableOfType(ApiException.class, () -> shop.client.callGramme(operation, request));
        assertThat(refusal).as(request).isNotNull();
        assertThat(refusal.code().status()).isEqualTo(400);
        return refusal;
    }

    private String refused(String members) {
        return refusal(
                        "CreateEventSourceMapping",
                        "{EventSourceArn: 'Orders', StartingPosition: 'LATEST'" + members + "}")
                .text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~~ | Give either FunctionName and Endpoint, or WebhookUrl
                    , FunctionName: 'f' | Give either FunctionName and Endpoint, or WebhookUrl
                    , Endpoint: 'http://x' | Give either FunctionName and Endpoint, or WebhookUrl
                    , WebhookUrl: 'http://x', FunctionName: 'f' | Give either FunctionName and Endpoint, or WebhookUrl
                    , WebhookUrl: 'file:///etc/passwd' | WebhookUrl must begin with http:// or https://
                    , WebhookUrl: 'x' | WebhookUrl must begin with http:// or https://
                    , WebhookUrl: 'http://' | WebhookUrl is not a URL
                    , WebhookUrl: 'http://a b' | WebhookUrl is not a URL
                    , WebhookUrl: 'http:///path' | WebhookUrl must name a host, and a port from 1 to 65535 if any
                    , WebhookUrl: 'http:x' | WebhookUrl must name a host, and a port from 1 to 65535 if any
                    , WebhookUrl: 'http://x:99999' | WebhookUrl must name a host, and a port from 1 to 65535 if any
                    , WebhookUrl: 'http://x:0' | WebhookUrl must name a host, and a port from 1 to 65535 if any
                    , WebhookUrl: 'http://me:secret@x' | WebhookUrl must have neither a user nor a fragment
                    , WebhookUrl: 'http://x/#y' | WebhookUrl must have neither a user nor a fragment
                    , FunctionName: 'f', Endpoint: 'http://x?y' | Endpoint must have no query
                    , WebhookUrl: 'http://x', MaximumRecordAgeInSeconds: 59 | MaximumRecordAgeInSeconds is -1, or 60 to 604800
                    , WebhookUrl: 'http://x', StartingPositionTimestamp: 1 | StartingPositionTimestamp is for StartingPosition AT_TIMESTAMP, and for no other
                    , WebhookUrl: 'http://x', StartingPosition: 'AT_TIMESTAMP' | StartingPositionTimestamp is required for StartingPosition AT_TIMESTAMP
                    , WebhookUrl: 'http://x', FilterCriteria: {Filters: [{Pattern: '{}'}]} | Filter 1 is no event pattern: it contains an empty object
                    , WebhookUrl: 'http://x', DestinationConfig: {OnFailure: {Destination: 'x'}} | Destination must begin with http:// or https://
                    , WebhookUrl: 'http://x', DestinationConfig: {OnFailure: {Destination: 'file:../x'}} | Destination names a file by 1 to 100 of a-z, A-Z, 0-9, '_', '-' and '.', and no directory
                    , WebhookUrl: 'http://x', DestinationConfig: {OnFailure: {Destination: 'file:/etc/x'}} | Destination names a file by 1 to 100 of a-z, A-Z, 0-9, '_', '-' and '.', and no directory
                    , WebhookUrl: 'http://x', DestinationConfig: {OnFailure: {Destination: 'file:..'}} | Destination names a file by 1 to 100 of a-z, A-Z, 0-9, '_', '-' and '.', and no directory
                    , WebhookUrl: 'http://x', DestinationConfig: {OnFailure: {Destination: 'file:x'}} | Destination cannot be a file: this server keeps its tables in memory. Give a URL
                    """)
    void whatMakesNoSense(String members, String complaint) {
        assertThat(refused(members)).isEqualTo(INVALID + complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    , BatchSize: 0 | batchSize
                    , BatchSize: 10001 | batchSize
                    , MaximumBatchingWindowInSeconds: 301 | maximumBatchingWindowInSeconds
                    , ParallelizationFactor: 11 | parallelizationFactor
                    , MaximumRetryAttempts: -2 | maximumRetryAttempts
                    , MaximumRecordAgeInSeconds: 604801 | maximumRecordAgeInSeconds
                    , InvocationTimeoutInSeconds: 901 | invocationTimeoutInSeconds
                    , FunctionName: 'a b' | functionName
                    , StartingPosition: 'MIDDLE' | startingPosition
                    , FunctionResponseTypes: ['All'] | functionResponseTypes
                    , FilterCriteria: {Filters: [{}, {}, {}, {}, {}, {}]} | filterCriteria.filters
                    """)
    void whatIsOutOfBounds(String members, String member) {
        assertThat(refused(", WebhookUrl: 'http://x'" + members))
                .startsWith("1 validation error detected: Value ")
                .contains("at '" + member);
    }

    @Test
    void aSourceMustBeAStream() {
        String missing = "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2020-01-01T00:00:00.000";
        assertThat(source(missing).code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        assertThat(source("Nowhere").code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        assertThat(source("Quiet").text()).isEqualTo(INVALID + "Table Quiet has no stream. Enable one first");
        assertThat(source("arn:aws:dynamodb:eu-west-1:000000000000:table/Orders")
                        .code())
                .isEqualTo(ErrorCode.VALIDATION);
        assertThat(source("arn:aws:kinesis:us-east-1:000000000000:stream/x").code())
                .isEqualTo(ErrorCode.VALIDATION);
    }

    private ApiException source(String source) {
        return refusal(
                "CreateEventSourceMapping",
                "{EventSourceArn: '" + source + "', StartingPosition: 'LATEST', WebhookUrl: 'http://x'}");
    }

    @Test
    void aStreamHasOneTriggerForATarget() {
        String id = shop.trigger("");
        ApiException refusal = refusal(
                "CreateEventSourceMapping",
                "{EventSourceArn: 'Orders', StartingPosition: 'LATEST', WebhookUrl: '" + Shop.HOOK + "'}");
        assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_IN_USE);
        assertThat(refusal.text()).contains(id);
    }

    @Test
    void thereAreNoMoreThanTheHeapBears() {
        for (int i = 0; i < 42; i++) {
            shop.client.callGramme(
                    "CreateEventSourceMapping",
                    "{EventSourceArn: 'Orders', StartingPosition: 'LATEST', WebhookUrl: 'http://x/" + i + "'}");
        }
        assertThat(refusal(
                                "CreateEventSourceMapping",
                                "{EventSourceArn: 'Orders', StartingPosition: 'LATEST', WebhookUrl: 'http://y'}")
                        .code())
                .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String operation :
                new String[] {"GetEventSourceMapping", "UpdateEventSourceMapping", "DeleteEventSourceMapping"}) {
            assertThat(refusal(operation, "{UUID: 'nobody'}").text())
                    .isEqualTo(
                            "Requested resource not found: Event source mapping: nobody not found in account 000000000000,"
                                    + " region us-east-1");
        }
    }

    @Test
    void anUpdateThatIsRefusedChangesNothing() {
        String id = shop.trigger(", BatchSize: 7");
        var _ = refusal("UpdateEventSourceMapping", "{UUID: '" + id + "', BatchSize: 8, WebhookUrl: 'x'}");
        var _ = refusal("UpdateEventSourceMapping", "{UUID: '" + id + "', BatchSize: 8, FunctionName: 'f'}");
        assertThat(shop.get(id).get("BatchSize").asInt()).isEqualTo(7);
    }
}
