package io.gramme.server.permission;

import io.gramme.api.CancelBulkOperationInput;
import io.gramme.api.CreateBackupInput;
import io.gramme.api.CreateGlobalTableInput;
import io.gramme.api.CreateTableInput;
import io.gramme.api.DeleteBackupInput;
import io.gramme.api.DeleteItemInput;
import io.gramme.api.DeleteResourcePolicyInput;
import io.gramme.api.DeleteTableInput;
import io.gramme.api.DescribeBackupInput;
import io.gramme.api.DescribeBulkOperationInput;
import io.gramme.api.DescribeContinuousBackupsInput;
import io.gramme.api.DescribeContributorInsightsInput;
import io.gramme.api.DescribeExportInput;
import io.gramme.api.DescribeGlobalTableInput;
import io.gramme.api.DescribeGlobalTableSettingsInput;
import io.gramme.api.DescribeImportInput;
import io.gramme.api.DescribeKinesisStreamingDestinationInput;
import io.gramme.api.DescribePartitionsInput;
import io.gramme.api.DescribeStreamInput;
import io.gramme.api.DescribeTableHistoryInput;
import io.gramme.api.DescribeTableInput;
import io.gramme.api.DescribeTableReplicaAutoScalingInput;
import io.gramme.api.DescribeTimeToLiveInput;
import io.gramme.api.DescribeTopKeysInput;
import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.api.GetItemInput;
import io.gramme.api.GetResourcePolicyInput;
import io.gramme.api.GetShardIteratorInput;
import io.gramme.api.KinesisStreamingDestinationInput;
import io.gramme.api.ListBackupFilesInput;
import io.gramme.api.ListImportErrorsInput;
import io.gramme.api.ListItemChangesInput;
import io.gramme.api.ListTagsOfResourceInput;
import io.gramme.api.Operations;
import io.gramme.api.PutItemInput;
import io.gramme.api.PutResourcePolicyInput;
import io.gramme.api.PutScalingPolicyInput;
import io.gramme.api.PutScheduledActionInput;
import io.gramme.api.ReadBackupFileInput;
import io.gramme.api.RegisterScalableTargetInput;
import io.gramme.api.RetireDataKeysInput;
import io.gramme.api.RotateTableKeyInput;
import io.gramme.api.StartBulkPutItemsInput;
import io.gramme.api.Tag;
import io.gramme.api.TransactWriteItem;
import io.gramme.api.UpdateContinuousBackupsInput;
import io.gramme.api.UpdateContributorInsightsInput;
import io.gramme.api.UpdateGlobalTableInput;
import io.gramme.api.UpdateGlobalTableSettingsInput;
import io.gramme.api.UpdateItemInput;
import io.gramme.api.UpdateKinesisStreamingDestinationInput;
import io.gramme.api.UpdateTableInput;
import io.gramme.api.UpdateTableReplicaAutoScalingInput;
import io.gramme.api.UpdateTimeToLiveInput;
import io.gramme.api.wire.Operation;
import io.gramme.api.wire.Service;
import io.gramme.core.error.ApiException;
import io.gramme.core.item.Value;
import io.gramme.core.partiql.Statement;
import io.gramme.core.partiql.Statements;
import io.gramme.tables.stream.ShardIterator;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What each operation needs, in terms of policies: the table of the service's authorization reference. Every operation
 * has a row here, or it cannot be called where policies decide.
 */
public final class Permissions {
    /** What the service does to the target of a restore on behalf of its caller. */
    private static final List<String> OF_RESTORE =
            List.of("BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem");

    /** The operations whose table may belong to another account, whose policy then has to allow it. */
    private static final Set<String> ACROSS_ACCOUNTS = Set.of(
            "GetItem",
            "BatchGetItem",
            "Query",
            "Scan",
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            "TransactGetItems",
            "TransactWriteItems",
            "DescribeTable",
            "UpdateTable",
            "DeleteTable",
            "TagResource",
            "UntagResource",
            "ListTagsOfResource",
            "DescribeStream",
            "GetShardIterator",
            "GetRecords");

    private final BiFunction<AccountRegion, String, Optional<String>> streams;
    private final Map<Operation<?, ?>, BiConsumer<Object, Needs>> rows = new HashMap<>();

    /** @param streams the ARN of the stream of an event source mapping, by the mapping's id */
    public Permissions(BiFunction<AccountRegion, String, Optional<String>> streams) {
        this.streams = streams;
        ofTables();
        ofItems();
        ofStatements();
        ofStreams();
        ofRecovery();
        ours();
        ofAutoScaling();
    }

    /** Whether an operation has a row. */
    public boolean knows(Operation<?, ?> operation) {
        return rows.containsKey(operation);
    }

    /** Whether an operation may address a table of another account. */
    public static boolean reachesAcrossAccounts(Operation<?, ?> operation) {
        return ACROSS_ACCOUNTS.contains(operation.name());
    }

    /**
     * What a request needs.
     *
     * @param asked the account and region of the caller
     * @param tables finds a table that exists
     */
    public Needs of(
            Operation<?, ?> operation,
            Object request,
            AccountRegion asked,
            Function<TableName, Optional<Table>> tables) {
        BiConsumer<Object, Needs> row = rows.get(operation);
        if (row == null) {
            throw new IllegalStateException("no permission is known for " + operation.name());
        }
        var needs = new Needs(asked, tables);
        row.accept(request, needs);
        return needs;
    }

    /** The action of an operation, as policies name it. */
    public static String action(Operation<?, ?> operation) {
        return prefix(operation.service()) + operation.name();
    }

    private static String prefix(Service service) {
        return switch (service) {
            case DYNAMODB, STREAMS -> "dynamodb:";
            case AUTO_SCALING -> "application-autoscaling:";
            case GRAMME -> "gramme:";
        };
    }

    private <I> void on(Operation<I, ?> operation, BiConsumer<I, Needs> row) {
        @SuppressWarnings("unchecked") // An operation's reader makes the requests.
        BiConsumer<Object, Needs> any = (request, needs) -> row.accept((I) request, needs);
        rows.put(operation, any);
    }

    private <I> void table(Operation<I, ?> operation, Function<I, String> table) {
        on(operation, (request, needs) -> needs.table(action(operation), table.apply(request)));
    }

    private <I> void arn(Operation<I, ?> operation, Function<I, String> arn) {
        on(operation, (request, needs) -> needs.arn(action(operation), arn.apply(request)));
    }

    private <I> void index(Operation<I, ?> operation, Function<I, String> table, Function<I, Optional<String>> index) {
        on(operation, (request, needs) -> needs.index(action(operation), table.apply(request), index.apply(request)));
    }

    private void any(Operation<?, ?>... operations) {
        for (Operation<?, ?> operation : operations) {
            rows.put(operation, (_, needs) -> needs.any(action(operation)));
        }
    }

    private void ofTables() {
        on(Operations.CREATE_TABLE, Permissions::createTable);
        table(Operations.DESCRIBE_TABLE, DescribeTableInput::tableName);
        table(Operations.UPDATE_TABLE, UpdateTableInput::tableName);
        table(Operations.DELETE_TABLE, DeleteTableInput::tableName);
        table(Operations.DESCRIBE_TIME_TO_LIVE, DescribeTimeToLiveInput::tableName);
        table(Operations.UPDATE_TIME_TO_LIVE, UpdateTimeToLiveInput::tableName);
        table(Operations.DESCRIBE_CONTINUOUS_BACKUPS, DescribeContinuousBackupsInput::tableName);
        table(Operations.UPDATE_CONTINUOUS_BACKUPS, UpdateContinuousBackupsInput::tableName);
        table(Operations.ENABLE_KINESIS_STREAMING_DESTINATION, KinesisStreamingDestinationInput::tableName);
        table(Operations.DISABLE_KINESIS_STREAMING_DESTINATION, KinesisStreamingDestinationInput::tableName);
        table(Operations.UPDATE_KINESIS_STREAMING_DESTINATION, UpdateKinesisStreamingDestinationInput::tableName);
        table(Operations.DESCRIBE_KINESIS_STREAMING_DESTINATION, DescribeKinesisStreamingDestinationInput::tableName);
        table(Operations.DESCRIBE_TABLE_REPLICA_AUTO_SCALING, DescribeTableReplicaAutoScalingInput::tableName);
        table(Operations.UPDATE_TABLE_REPLICA_AUTO_SCALING, UpdateTableReplicaAutoScalingInput::tableName);
        index(
                Operations.DESCRIBE_CONTRIBUTOR_INSIGHTS,
                DescribeContributorInsightsInput::tableName,
                DescribeContributorInsightsInput::indexName);
        index(
                Operations.UPDATE_CONTRIBUTOR_INSIGHTS,
                UpdateContributorInsightsInput::tableName,
                UpdateContributorInsightsInput::indexName);
        on(
                Operations.TAG_RESOURCE,
                (request, needs) ->
                        needs.arn("dynamodb:TagResource", request.resourceArn(), Needs.tags(tags(request.tags()))));
        on(
                Operations.UNTAG_RESOURCE,
                (request, needs) -> needs.arn(
                        "dynamodb:UntagResource",
                        request.resourceArn(),
                        Map.of("aws:tagkeys", List.copyOf(request.tagKeys()))));
        arn(Operations.LIST_TAGS_OF_RESOURCE, ListTagsOfResourceInput::resourceArn);
        arn(Operations.PUT_RESOURCE_POLICY, PutResourcePolicyInput::resourceArn);
        arn(Operations.GET_RESOURCE_POLICY, GetResourcePolicyInput::resourceArn);
        arn(Operations.DELETE_RESOURCE_POLICY, DeleteResourcePolicyInput::resourceArn);
        any(
                Operations.LIST_TABLES,
                Operations.LIST_CONTRIBUTOR_INSIGHTS,
                Operations.DESCRIBE_LIMITS,
                Operations.DESCRIBE_ENDPOINTS,
                Operations.LIST_GLOBAL_TABLES);
        table(Operations.CREATE_GLOBAL_TABLE, CreateGlobalTableInput::globalTableName);
        table(Operations.DESCRIBE_GLOBAL_TABLE, DescribeGlobalTableInput::globalTableName);
        table(Operations.DESCRIBE_GLOBAL_TABLE_SETTINGS, DescribeGlobalTableSettingsInput::globalTableName);
        table(Operations.UPDATE_GLOBAL_TABLE, UpdateGlobalTableInput::globalTableName);
        table(Operations.UPDATE_GLOBAL_TABLE_SETTINGS, UpdateGlobalTableSettingsInput::globalTableName);
    }

    private static void createTable(CreateTableInput request, Needs needs) {
        String table = request.tableName();
        Map<String, List<String>> tags =
                request.tags().map(given -> Needs.tags(tags(given))).orElse(Map.of());
        needs.table("dynamodb:CreateTable", table, tags);
        if (request.tags().isPresent()) {
            needs.table("dynamodb:TagResource", table, tags);
        }
        if (request.resourcePolicy().isPresent()) {
            needs.table("dynamodb:PutResourcePolicy", table);
        }
    }

    private static Map<String, String> tags(List<Tag> tags) {
        var found = new LinkedHashMap<String, String>();
        tags.forEach(tag -> found.put(tag.key(), tag.value()));
        return found;
    }

    private void ofItems() {
        items(Operations.GET_ITEM, GetItemInput::tableName);
        items(Operations.PUT_ITEM, PutItemInput::tableName);
        items(Operations.UPDATE_ITEM, UpdateItemInput::tableName);
        items(Operations.DELETE_ITEM, DeleteItemInput::tableName);
        on(
                Operations.QUERY,
                (request, needs) -> needs.items("dynamodb:Query", request.tableName(), request.indexName()));
        on(Operations.SCAN, (request, needs) -> needs.items("dynamodb:Scan", request.tableName(), request.indexName()));
        on(
                Operations.SEARCH_VECTORS,
                (request, needs) ->
                        needs.index("dynamodb:SearchVectors", request.tableName(), Optional.of(request.indexName())));
        on(
                Operations.BATCH_GET_ITEM,
                (request, needs) -> request.requestItems()
                        .keySet()
                        .forEach(table -> needs.items("dynamodb:BatchGetItem", table, Optional.empty())));
        on(
                Operations.BATCH_WRITE_ITEM,
                (request, needs) -> request.requestItems()
                        .keySet()
                        .forEach(table -> needs.items("dynamodb:BatchWriteItem", table, Optional.empty())));
        on(
                Operations.TRANSACT_GET_ITEMS,
                (request, needs) -> request.transactItems()
                        .forEach(item ->
                                needs.items("dynamodb:GetItem", item.get().tableName(), Optional.empty())));
        on(
                Operations.TRANSACT_WRITE_ITEMS,
                (request, needs) -> request.transactItems().forEach(action -> transactWrite(action, needs)));
    }

    private <I> void items(Operation<I, ?> operation, Function<I, String> table) {
        on(operation, (request, needs) -> needs.items(action(operation), table.apply(request), Optional.empty()));
    }

    private static void transactWrite(TransactWriteItem action, Needs needs) {
        action.put().ifPresent(put -> needs.items("dynamodb:PutItem", put.tableName(), Optional.empty()));
        action.update().ifPresent(update -> needs.items("dynamodb:UpdateItem", update.tableName(), Optional.empty()));
        action.delete().ifPresent(delete -> needs.items("dynamodb:DeleteItem", delete.tableName(), Optional.empty()));
        action.conditionCheck()
                .ifPresent(check -> needs.items("dynamodb:ConditionCheckItem", check.tableName(), Optional.empty()));
    }

    private void ofStatements() {
        on(
                Operations.EXECUTE_STATEMENT,
                (request, needs) -> statement(request.statement(), request.parameters(), needs));
        // Each statement of a batch fails by itself: BatchExecuteStatement asks for it.
        on(Operations.BATCH_EXECUTE_STATEMENT, (_, _) -> {});
        on(
                Operations.EXECUTE_TRANSACTION,
                (request, needs) -> request.transactStatements()
                        .forEach(one -> statement(one.statement(), one.parameters(), needs)));
    }

    /** A statement that cannot be read needs nothing: the operation refuses it. */
    private static void statement(String text, Optional<List<Value>> parameters, Needs needs) {
        try {
            statement(Statements.read(text, parameters.orElse(List.of())), needs);
        } catch (ApiException _) {
            // As said above.
        }
    }

    static void statement(Statement statement, Needs needs) {
        switch (statement) {
            case Statement.Select select -> needs.items("dynamodb:PartiQLSelect", select.table(), select.index());
            case Statement.Exists exists -> needs.items("dynamodb:PartiQLSelect", exists.table(), Optional.empty());
            case Statement.Insert insert -> needs.items("dynamodb:PartiQLInsert", insert.table(), Optional.empty());
            case Statement.Update update -> needs.items("dynamodb:PartiQLUpdate", update.table(), Optional.empty());
            case Statement.Delete delete -> needs.items("dynamodb:PartiQLDelete", delete.table(), Optional.empty());
        }
    }

    private void ofStreams() {
        any(Operations.LIST_STREAMS);
        arn(Operations.DESCRIBE_STREAM, DescribeStreamInput::streamArn);
        arn(Operations.GET_SHARD_ITERATOR, GetShardIteratorInput::streamArn);
        on(Operations.GET_RECORDS, (request, needs) -> {
            try {
                needs.arn(
                        "dynamodb:GetRecords",
                        ShardIterator.decode(request.shardIterator()).streamArn());
            } catch (ApiException _) {
                // The operation refuses what is no iterator.
            }
        });
    }

    private void ofRecovery() {
        table(Operations.CREATE_BACKUP, CreateBackupInput::tableName);
        arn(Operations.DESCRIBE_BACKUP, DescribeBackupInput::backupArn);
        arn(Operations.DELETE_BACKUP, DeleteBackupInput::backupArn);
        on(Operations.RESTORE_TABLE_FROM_BACKUP, (request, needs) -> {
            needs.arn("dynamodb:RestoreTableFromBackup", request.backupArn());
            restored("dynamodb:RestoreTableFromBackup", request.targetTableName(), needs);
        });
        on(Operations.RESTORE_TABLE_TO_POINT_IN_TIME, (request, needs) -> {
            String action = "dynamodb:RestoreTableToPointInTime";
            request.sourceTableName().or(request::sourceTableArn).ifPresent(source -> needs.table(action, source));
            restored(action, request.targetTableName(), needs);
        });
        arn(Operations.EXPORT_TABLE_TO_POINT_IN_TIME, ExportTableToPointInTimeInput::tableArn);
        arn(Operations.DESCRIBE_EXPORT, DescribeExportInput::exportArn);
        on(
                Operations.IMPORT_TABLE,
                (request, needs) -> needs.table(
                        "dynamodb:ImportTable",
                        request.tableCreationParameters().tableName()));
        arn(Operations.DESCRIBE_IMPORT, DescribeImportInput::importArn);
        any(Operations.LIST_BACKUPS, Operations.LIST_EXPORTS, Operations.LIST_IMPORTS);
        table(Operations.START_BULK_PUT_ITEMS, StartBulkPutItemsInput::tableName);
        arn(Operations.DESCRIBE_BULK_OPERATION, DescribeBulkOperationInput::bulkOperationArn);
        arn(Operations.CANCEL_BULK_OPERATION, CancelBulkOperationInput::bulkOperationArn);
        any(Operations.LIST_BULK_OPERATIONS);
    }

    private static void restored(String action, String table, Needs needs) {
        needs.table(action, table);
        OF_RESTORE.forEach(name -> needs.table("dynamodb:" + name, table));
    }

    /** The operations that Gramme adds; their actions have a prefix of their own. */
    private void ours() {
        index(Operations.DESCRIBE_PARTITIONS, DescribePartitionsInput::tableName, DescribePartitionsInput::indexName);
        index(Operations.DESCRIBE_TOP_KEYS, DescribeTopKeysInput::tableName, DescribeTopKeysInput::indexName);
        table(Operations.DESCRIBE_TABLE_HISTORY, DescribeTableHistoryInput::tableName);
        table(Operations.ROTATE_TABLE_KEY, RotateTableKeyInput::tableName);
        table(Operations.RETIRE_DATA_KEYS, RetireDataKeysInput::tableName);
        // The item store also asks for a Scan.
        table(Operations.LIST_ITEM_CHANGES, ListItemChangesInput::tableName);
        arn(Operations.LIST_BACKUP_FILES, ListBackupFilesInput::backupArn);
        arn(Operations.READ_BACKUP_FILE, ReadBackupFileInput::backupArn);
        arn(Operations.LIST_IMPORT_ERRORS, ListImportErrorsInput::importArn);
        // It reads the stream with the rights of the server.
        on(Operations.CREATE_EVENT_SOURCE_MAPPING, (request, needs) -> {
            needs.stream("gramme:CreateEventSourceMapping", request.eventSourceArn());
            needs.stream("dynamodb:GetRecords", request.eventSourceArn());
        });
        on(
                Operations.GET_EVENT_SOURCE_MAPPING,
                (request, needs) -> mapping("gramme:GetEventSourceMapping", request.uuid(), needs));
        on(
                Operations.DELETE_EVENT_SOURCE_MAPPING,
                (request, needs) -> mapping("gramme:DeleteEventSourceMapping", request.uuid(), needs));
        // It may send the records of the stream elsewhere.
        on(Operations.UPDATE_EVENT_SOURCE_MAPPING, (request, needs) -> {
            mapping("gramme:UpdateEventSourceMapping", request.uuid(), needs);
            mapping("dynamodb:GetRecords", request.uuid(), needs);
        });
        any(
                Operations.LIST_EVENT_SOURCE_MAPPINGS,
                Operations.SWEEP_EXPIRED_ITEMS,
                Operations.LIST_TABLE_KEYS,
                Operations.LIST_JOBS,
                Operations.DESCRIBE_JOB,
                Operations.CANCEL_JOB,
                Operations.PUT_FAULT_RULE,
                Operations.LIST_FAULT_RULES,
                Operations.DELETE_FAULT_RULES,
                Operations.START_SERVER_BACKUP,
                Operations.DESCRIBE_SERVER_BACKUP);
    }

    private void mapping(String action, String id, Needs needs) {
        streams.apply(needs.asked(), id).ifPresentOrElse(stream -> needs.arn(action, stream), () -> needs.any(action));
    }

    /** What changes the capacity of a table on behalf of its caller. */
    private <I> void scaled(Operation<I, ?> operation, Function<I, String> resource) {
        on(operation, (request, needs) -> {
            needs.any(action(operation));
            String id = resource.apply(request);
            if (id.startsWith("table/")) {
                needs.table("dynamodb:UpdateTable", id.split("/", -1)[1]);
            }
        });
    }

    private void ofAutoScaling() {
        scaled(Operations.REGISTER_SCALABLE_TARGET, RegisterScalableTargetInput::resourceId);
        scaled(Operations.PUT_SCALING_POLICY, PutScalingPolicyInput::resourceId);
        scaled(Operations.PUT_SCHEDULED_ACTION, PutScheduledActionInput::resourceId);
        any(
                Operations.DEREGISTER_SCALABLE_TARGET,
                Operations.DESCRIBE_SCALABLE_TARGETS,
                Operations.DELETE_SCALING_POLICY,
                Operations.DESCRIBE_SCALING_POLICIES,
                Operations.DESCRIBE_SCALING_ACTIVITIES,
                Operations.DELETE_SCHEDULED_ACTION,
                Operations.DESCRIBE_SCHEDULED_ACTIONS,
                Operations.AUTO_SCALING_TAG_RESOURCE,
                Operations.AUTO_SCALING_UNTAG_RESOURCE,
                Operations.LIST_TAGS_FOR_RESOURCE);
    }
}
