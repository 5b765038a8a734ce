package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown of continuous backups while no table can have point-in-time recovery. */
class ContinuousBackupsTest {
    private static final String WITHOUT_RECOVERY = """
            {ContinuousBackupsDescription: {ContinuousBackupsStatus: 'ENABLED',
             PointInTimeRecoveryDescription: {PointInTimeRecoveryStatus: 'DISABLED'}}}""";

    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aTableHasContinuousBackupsAndNoRecovery() {
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}""");
        client.call("DescribeTable", "{TableName: 'orders'}");
        client.answers("DescribeContinuousBackups", "{TableName: 'orders'}", WITHOUT_RECOVERY);
        client.answers(
                "DescribeContinuousBackups",
                "{TableName: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders'}",
                WITHOUT_RECOVERY);
    }

    @Test
    void aTableThatIsMissingIsToldInTheWordsOfBackups() {
        String arn = "arn:aws:dynamodb:us-east-1:000000000000:table/none";
        assertThat(client.refuses("DescribeContinuousBackups", "{TableName: 'none'}", "Table not found: none")
                        .code())
                .isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(ErrorCode.TABLE_NOT_FOUND.wireType())
                .isEqualTo("com.amazonaws.dynamodb.v20120810#TableNotFoundException");
        client.refuses("DescribeContinuousBackups", "{TableName: '" + arn + "'}", "Table not found: " + arn);
    }

    @Test
    void aNameThatCanBeNoTablesIsRefusedAsAnywhere() {
        client.refuses(
                "DescribeContinuousBackups",
                "{}",
                "The parameter 'TableName' is required but was not present in the request");
        assertThat(client.outcome("DescribeContinuousBackups", "{TableName: 'a!'}"))
                .startsWith("VALIDATION: ");
    }
}
