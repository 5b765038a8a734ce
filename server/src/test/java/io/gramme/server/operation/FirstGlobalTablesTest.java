package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first version of global tables, which the service has put away: it answers as if there were none. */
class FirstGlobalTablesTest {
    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void noneIsMade() {
        client.refuses(
                "CreateGlobalTable",
                "{GlobalTableName: 'orders', ReplicationGroup: [{RegionName: 'eu-west-1'}, {RegionName: 'us-east-1'}]}",
                "One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not supported."
                        + " We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29"
                        + " (Legacy).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DescribeGlobalTable | {GlobalTableName: 'orders'}",
                "DescribeGlobalTableSettings | {GlobalTableName: 'orders'}",
                "UpdateGlobalTable | {GlobalTableName: 'orders', ReplicaUpdates: [{Create: {RegionName: 'eu-west-1'}}]}",
                "UpdateGlobalTableSettings | {GlobalTableName: 'orders', GlobalTableBillingMode: 'PAY_PER_REQUEST'}"
            })
    void noneIsFound(String operation, String request) {
        assertThat(client.refuses(
                                operation,
                                request,
                                "Global table not found: Global table with name: 'orders' does not exist")
                        .code())
                .isEqualTo(ErrorCode.GLOBAL_TABLE_NOT_FOUND);
    }

    @Test
    void theListIsEmpty() {
        client.answers("ListGlobalTables", "{Limit: 10, RegionName: 'eu-west-1'}", "{GlobalTables: []}");
    }

    @Test
    void aRequestThatBreaksTheModelIsRefusedFirst() {
        assertThat(client.outcome("CreateGlobalTable", "{GlobalTableName: 'x', ReplicationGroup: []}"))
                .contains("1 validation error detected: Value 'x' at 'globalTableName'");
    }
}
