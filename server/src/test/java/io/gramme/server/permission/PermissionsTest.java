package io.gramme.server.permission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import io.gramme.api.wire.Operation;
import io.gramme.server.Client;
import io.gramme.tables.table.AccountRegion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private static final AccountRegion CALLER = new AccountRegion("111111111111", "eu-west-1");
    private static final String TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/Music";
    private static final String OTHER = "arn:aws:dynamodb:eu-west-1:222222222222:table/Music";

    private final Permissions permissions = new Permissions((_, _) -> Optional.empty());

    private <I> Needs needs(Operation<I, ?> operation, String request) {
        byte[] body = Client.json(request).toString().getBytes(UTF_8);
        return permissions.of(operation, operation.read(body).request(), CALLER, _ -> Optional.empty());
    }

    private List<String> texts(Operation<?, ?> operation, String request) {
        return needs(operation, request).all().stream()
                .map(need -> need.action() + " " + need.arn() + (need.itemsFollow() ? " items" : ""))
                .toList();
    }

    @Test
    void everyOperationHasARow() {
        for (Operation<?, ?> operation : Operations.all()) {
            assertThat(permissions.knows(operation)).as(operation.name()).isTrue();
        }
    }

    @Test
    void anOperationOnATableNeedsItselfOnThatTable() {
        assertThat(texts(Operations.DESCRIBE_TABLE, "{TableName: 'Music'}"))
                .containsExactly("dynamodb:DescribeTable " + TABLE);
        assertThat(texts(Operations.DESCRIBE_TABLE, "{TableName: '" + OTHER + "'}"))
                .containsExactly("dynamodb:DescribeTable " + OTHER);
        assertThat(texts(Operations.GET_ITEM, "{TableName: 'Music', Key: {k: {S: 'a'}}}"))
                .containsExactly("dynamodb:GetItem " + TABLE + " items");
    }

    @Test
    void aReadOfAnIndexNeedsTheIndexAndNotTheTable() {
        assertThat(texts(
                        Operations.QUERY, "{TableName: 'Music', IndexName: 'Genres', KeyConditionExpression: 'a = b'}"))
                .containsExactly("dynamodb:Query " + TABLE + "/index/Genres items");
        assertThat(texts(Operations.SCAN, "{TableName: '" + OTHER + "', IndexName: 'Genres'}"))
                .containsExactly("dynamodb:Scan " + OTHER + "/index/Genres items");
    }

    @Test
    void eachTableOfABatchAndEachActionOfATransactionIsNeeded() {
        assertThat(texts(
                        Operations.BATCH_GET_ITEM,
                        "{RequestItems: {Music: {Keys: [{k: {S: 'a'}}]}, Books: {Keys: [{k: {S: 'a'}}]}}}"))
                .containsExactly(
                        "dynamodb:BatchGetItem " + TABLE + " items",
                        "dynamodb:BatchGetItem arn:aws:dynamodb:eu-west-1:111111111111:table/Books items");
        assertThat(texts(
                        Operations.TRANSACT_WRITE_ITEMS,
                        "{TransactItems: [{Put: {TableName: 'Music', Item: {k: {S: 'a'}}}},"
                                + " {Delete: {TableName: 'Music', Key: {k: {S: 'b'}}}},"
                                + " {Update: {TableName: 'Music', Key: {k: {S: 'c'}}, UpdateExpression: 'SET a = b'}},"
                                + " {ConditionCheck: {TableName: 'Music', Key: {k: {S: 'd'}},"
                                + " ConditionExpression: 'a = b'}}]}"))
                .containsExactly(
                        "dynamodb:PutItem " + TABLE + " items",
                        "dynamodb:DeleteItem " + TABLE + " items",
                        "dynamodb:UpdateItem " + TABLE + " items",
                        "dynamodb:ConditionCheckItem " + TABLE + " items");
    }

    @Test
    void aStatementNeedsTheActionOfItsKind() {
        assertThat(texts(Operations.EXECUTE_STATEMENT, "{Statement: 'SELECT * FROM \"Music\".\"Genres\" WHERE a = 1'}"))
                .containsExactly("dynamodb:PartiQLSelect " + TABLE + "/index/Genres items");
        assertThat(texts(Operations.EXECUTE_STATEMENT, "{Statement: 'DELETE FROM Music WHERE a = 1'}"))
                .containsExactly("dynamodb:PartiQLDelete " + TABLE + " items");
        assertThat(texts(Operations.EXECUTE_STATEMENT, "{Statement: 'no statement'}"))
                .isEmpty();
    }

    @Test
    void aRestoreNeedsItsBackupAndAllThatIsDoneToItsTarget() {
        assertThat(texts(
                        Operations.RESTORE_TABLE_FROM_BACKUP,
                        "{BackupArn: '" + TABLE + "/backup/01489602797149-73d8d5bc', TargetTableName: 'Again'}"))
                .contains(
                        "dynamodb:RestoreTableFromBackup " + TABLE + "/backup/01489602797149-73d8d5bc",
                        "dynamodb:RestoreTableFromBackup arn:aws:dynamodb:eu-west-1:111111111111:table/Again",
                        "dynamodb:BatchWriteItem arn:aws:dynamodb:eu-west-1:111111111111:table/Again")
                .hasSize(9);
    }

    @Test
    void tagsOfARequestAreKeysOfConditions() {
        Needs needs = needs(
                Operations.CREATE_TABLE,
                "{TableName: 'Music', KeySchema: [{AttributeName: 'k', KeyType: 'HASH'}],"
                        + " AttributeDefinitions: [{AttributeName: 'k', AttributeType: 'S'}],"
                        + " BillingMode: 'PAY_PER_REQUEST', Tags: [{Key: 'Team', Value: 'Blue'}]}");
        assertThat(needs.all())
                .extracting(Needs.Need::action)
                .containsExactly("dynamodb:CreateTable", "dynamodb:TagResource");
        assertThat(needs.all().getFirst().keys())
                .isEqualTo(Map.of("aws:requesttag/team", List.of("Blue"), "aws:tagkeys", List.of("Team")));
    }

    @Test
    void theOwnerOfWhatARequestAddressesIsInItsArn() {
        assertThat(needs(Operations.DESCRIBE_TABLE, "{TableName: '" + OTHER + "'}")
                        .owner())
                .isEqualTo(new AccountRegion("222222222222", "eu-west-1"));
        assertThat(needs(Operations.LIST_TABLES, "{}").owner()).isEqualTo(CALLER);
    }
}
