package io.gramme.server.operation;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.server.FaultOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which of several faults UpdateTimeToLive and DescribeTimeToLive name. */
class TimeToLiveOrderTest {
    private static final String NOT_FOUND = "Requested resource not found: Table: nowhere not found";
    private static final String BAD_NAME = "1 validation error detected: Value 'a#b' at 'tableName' failed to satisfy "
            + "constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";

    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    private void create(String table) {
        client.call(
                "CreateTable",
                "{TableName: '" + table + "', BillingMode: 'PAY_PER_REQUEST',"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}");
    }

    private static String enable(String table) {
        return "{TableName: '" + table + "', TimeToLiveSpecification: {Enabled: true, AttributeName: 'expires'}}";
    }

    private static String violation(String value, String member, String phrase) {
        return "1 validation error detected: Value " + value + " at 'timeToLiveSpecification" + member
                + "' failed to satisfy constraint: Member must " + phrase;
    }

    @TestFactory
    Stream<DynamicTest> faultsOfALook() {
        create("enabled");
        return FaultOrder.of(client, "DescribeTimeToLive", "{TableName: 'enabled'}")
                .fault(
                        "no name",
                        "{TableName: null}",
                        "The parameter 'TableName' is required but was not present in the request")
                .fault("a bad name", "{TableName: 'a#b'}", BAD_NAME)
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .checks();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfAnUpdate() {
        create("enabled");
        client.call("UpdateTimeToLive", enable("enabled"));
        create("fresh");
        // The valid request is made once: no other is without a fault.
        return FaultOrder.of(client, "UpdateTimeToLive", enable("fresh"))
                .fault(
                        "no name",
                        "{TableName: null}",
                        "The parameter 'TableName' is required but was not present in the request")
                .fault("no specification", "{TimeToLiveSpecification: null}", violation("null", "", "not be null"))
                .fault(
                        "no attribute",
                        "{TimeToLiveSpecification: {AttributeName: null}}",
                        violation("null", ".attributeName", "not be null"))
                .fault(
                        "an empty attribute",
                        "{TimeToLiveSpecification: {AttributeName: ''}}",
                        violation("''", ".attributeName", "have length greater than or equal to 1"))
                .fault(
                        "a long attribute",
                        "{TimeToLiveSpecification: {AttributeName: '" + "x".repeat(256) + "'}}",
                        violation(
                                "'" + "x".repeat(256) + "'", ".attributeName", "have length less than or equal to 255"))
                .fault("a bad name", "{TableName: 'a#b'}", BAD_NAME)
                .apartFrom("no specification", "no attribute", "an empty attribute", "a long attribute")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .fault(
                        "another attribute",
                        "{TableName: 'enabled', TimeToLiveSpecification: {AttributeName: 'other'}}",
                        "TimeToLive is active on a different AttributeName: current AttributeName is expires")
                .fault(
                        "enabled already",
                        "{TableName: 'enabled', TimeToLiveSpecification: {Enabled: true}}",
                        "TimeToLive is already enabled")
                .fault(
                        "too soon",
                        "{TableName: 'enabled', TimeToLiveSpecification: {Enabled: false}}",
                        "Time to live has been modified multiple times within a fixed interval")
                .checks();
    }
}
