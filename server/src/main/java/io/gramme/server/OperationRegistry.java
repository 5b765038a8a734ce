package io.gramme.server;

import io.gramme.api.DescribeGlobalTableInput;
import io.gramme.api.DescribeGlobalTableSettingsInput;
import io.gramme.api.Operations;
import io.gramme.api.UpdateGlobalTableInput;
import io.gramme.api.UpdateGlobalTableSettingsInput;
import io.gramme.delivery.trigger.Trigger;
import io.gramme.delivery.trigger.TriggerDescription;
import io.gramme.delivery.trigger.Triggers;
import io.gramme.recovery.Backups;
import io.gramme.recovery.Recovery;
import io.gramme.recovery.Restores;
import io.gramme.recovery.server.ServerBackups;
import io.gramme.scaling.AutoScaling;
import io.gramme.server.encryption.ListTableKeys;
import io.gramme.server.encryption.RetireDataKeys;
import io.gramme.server.encryption.RotateTableKey;
import io.gramme.server.operation.BatchExecuteStatement;
import io.gramme.server.operation.BatchGetItem;
import io.gramme.server.operation.BatchWriteItem;
import io.gramme.server.operation.CancelBulkOperation;
import io.gramme.server.operation.CancelJob;
import io.gramme.server.operation.CreateBackup;
import io.gramme.server.operation.CreateEventSourceMapping;
import io.gramme.server.operation.CreateTable;
import io.gramme.server.operation.DeleteBackup;
import io.gramme.server.operation.DeleteEventSourceMapping;
import io.gramme.server.operation.DeleteFaultRules;
import io.gramme.server.operation.DeleteItem;
import io.gramme.server.operation.DeleteResourcePolicy;
import io.gramme.server.operation.DeleteTable;
import io.gramme.server.operation.DescribeBackup;
import io.gramme.server.operation.DescribeBulkOperation;
import io.gramme.server.operation.DescribeContinuousBackups;
import io.gramme.server.operation.DescribeContributorInsights;
import io.gramme.server.operation.DescribeEndpoints;
import io.gramme.server.operation.DescribeExport;
import io.gramme.server.operation.DescribeImport;
import io.gramme.server.operation.DescribeJob;
import io.gramme.server.operation.DescribeKinesisStreamingDestination;
import io.gramme.server.operation.DescribeLimits;
import io.gramme.server.operation.DescribePartitions;
import io.gramme.server.operation.DescribeServerBackup;
import io.gramme.server.operation.DescribeStream;
import io.gramme.server.operation.DescribeTable;
import io.gramme.server.operation.DescribeTableHistory;
import io.gramme.server.operation.DescribeTimeToLive;
import io.gramme.server.operation.DescribeTopKeys;
import io.gramme.server.operation.DisableKinesisStreamingDestination;
import io.gramme.server.operation.EnableKinesisStreamingDestination;
import io.gramme.server.operation.ExecuteStatement;
import io.gramme.server.operation.ExecuteTransaction;
import io.gramme.server.operation.ExportTableToPointInTime;
import io.gramme.server.operation.FirstGlobalTables;
import io.gramme.server.operation.GetEventSourceMapping;
import io.gramme.server.operation.GetItem;
import io.gramme.server.operation.GetRecords;
import io.gramme.server.operation.GetResourcePolicy;
import io.gramme.server.operation.GetShardIterator;
import io.gramme.server.operation.ImportTable;
import io.gramme.server.operation.ListBackupFiles;
import io.gramme.server.operation.ListBackups;
import io.gramme.server.operation.ListBulkOperations;
import io.gramme.server.operation.ListContributorInsights;
import io.gramme.server.operation.ListEventSourceMappings;
import io.gramme.server.operation.ListExports;
import io.gramme.server.operation.ListFaultRules;
import io.gramme.server.operation.ListImportErrors;
import io.gramme.server.operation.ListImports;
import io.gramme.server.operation.ListItemChanges;
import io.gramme.server.operation.ListJobs;
import io.gramme.server.operation.ListStreams;
import io.gramme.server.operation.ListTables;
import io.gramme.server.operation.ListTagsOfResource;
import io.gramme.server.operation.Moments;
import io.gramme.server.operation.PutFaultRule;
import io.gramme.server.operation.PutItem;
import io.gramme.server.operation.PutResourcePolicy;
import io.gramme.server.operation.Query;
import io.gramme.server.operation.ReadBackupFile;
import io.gramme.server.operation.RestoreTableFromBackup;
import io.gramme.server.operation.RestoreTableToPointInTime;
import io.gramme.server.operation.RootKeys;
import io.gramme.server.operation.Scan;
import io.gramme.server.operation.StartBulkPutItems;
import io.gramme.server.operation.StartServerBackup;
import io.gramme.server.operation.SweepExpiredItems;
import io.gramme.server.operation.TagResource;
import io.gramme.server.operation.TransactGetItems;
import io.gramme.server.operation.TransactWriteItems;
import io.gramme.server.operation.UntagResource;
import io.gramme.server.operation.UpdateContinuousBackups;
import io.gramme.server.operation.UpdateContributorInsights;
import io.gramme.server.operation.UpdateEventSourceMapping;
import io.gramme.server.operation.UpdateItem;
import io.gramme.server.operation.UpdateKinesisStreamingDestination;
import io.gramme.server.operation.UpdateTable;
import io.gramme.server.operation.UpdateTimeToLive;
import io.gramme.server.permission.Gate;
import io.gramme.server.permission.Guard;
import io.gramme.server.scaling.DeleteScalingPolicy;
import io.gramme.server.scaling.DeleteScheduledAction;
import io.gramme.server.scaling.DeregisterScalableTarget;
import io.gramme.server.scaling.DescribeScalableTargets;
import io.gramme.server.scaling.DescribeScalingActivities;
import io.gramme.server.scaling.DescribeScalingPolicies;
import io.gramme.server.scaling.DescribeScheduledActions;
import io.gramme.server.scaling.DescribeTableReplicaAutoScaling;
import io.gramme.server.scaling.ListTagsForScalableTarget;
import io.gramme.server.scaling.PutScalingPolicy;
import io.gramme.server.scaling.PutScheduledAction;
import io.gramme.server.scaling.RegisterScalableTarget;
import io.gramme.server.scaling.TagScalableTarget;
import io.gramme.server.scaling.UntagScalableTarget;
import io.gramme.server.scaling.UpdateTableReplicaAutoScaling;
import io.gramme.storage.RowStore;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.fault.FaultRules;
import io.gramme.tables.insight.TopKeys;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.partition.Heat;
import io.gramme.tables.stream.StreamReader;
import io.gramme.tables.stream.Streams;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.HistorySizes;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.Tables;
import io.gramme.tables.transaction.Transactions;
import io.gramme.tables.ttl.ExpirySweep;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The registry of all supported operations and their handlers. */
final class OperationRegistry {
    private OperationRegistry() {}

    /**
     * The dispatcher for the tables of a store.
     *
     * @param sweep of expired items, for requests that start it at once
     * @param heat what partitions consume
     * @param noKinesis why Kinesis destinations cannot be enabled, if that is so
     * @param address host and port by which a client reaches this server
     * @param faults the rules that make requests fail
     * @param topKeys which keys are used most
     * @param guard who may do what
     * @param encryption the keys of tables
     */
    static Dispatcher over(
            RowStore store,
            Tables tables,
            TableLifecycle life,
            ItemStore items,
            Transactions transactions,
            ExpirySweep sweep,
            Triggers triggers,
            Jobs jobs,
            JobKinds kinds,
            Recovery recovery,
            ServerBackups serverBackups,
            AutoScaling scaling,
            Meters meters,
            Heat heat,
            Optional<String> noKinesis,
            MillisecondClock clock,
            RandomIds ids,
            Supplier<String> address,
            FaultRules faults,
            TopKeys topKeys,
            Guard guard,
            EncryptionParts encryption) {
        RootKeys keys = encryption.rootKeys();
        var moments = new Moments(store, items, clock);
        var space = new MemoryAdmission(Runtime.getRuntime().maxMemory());
        var gate = new Gate(guard.authorizer(), tables::find, streams(triggers));
        var builder = new Dispatcher.Builder(space, store, gate).under(faults).whenKeyUnusable(encryption.watch()::met);
        ours(builder, sweep, triggers);
        ofJobs(builder, jobs, kinds);
        ofFaults(builder, faults, ids);
        ofInsights(builder, tables, life, topKeys, clock);
        ofKinesis(builder, tables, life, noKinesis, clock, ids);
        ofServer(builder, store, tables, serverBackups);
        ofScaling(builder, scaling);
        ofRecovery(builder, store, tables, life, recovery, clock, ids, keys);
        ofTables(builder, tables, life, clock, ids, guard, keys);
        ofFirstGlobalTables(builder);
        ofPolicies(builder, tables, guard, clock);
        ofItems(builder, tables, items, transactions, moments, gate);
        ofStreams(builder, store, tables, clock);
        builder.on(Operations.LIST_TABLE_KEYS, new ListTableKeys(tables, encryption.sealed()))
                .on(Operations.ROTATE_TABLE_KEY, new RotateTableKey(tables, encryption.sealed()))
                .on(
                        Operations.RETIRE_DATA_KEYS,
                        new RetireDataKeys(tables, jobs, encryption.sealed().isPresent(), clock));
        return builder.on(Operations.DESCRIBE_PARTITIONS, new DescribePartitions(tables, meters, heat))
                .on(Operations.DESCRIBE_LIMITS, new DescribeLimits())
                .on(Operations.DESCRIBE_ENDPOINTS, new DescribeEndpoints(address))
                .build();
    }

    private static void ofTables(
            Dispatcher.Builder builder,
            Tables tables,
            TableLifecycle life,
            MillisecondClock clock,
            RandomIds ids,
            Guard guard,
            RootKeys keys) {
        builder.on(Operations.CREATE_TABLE, new CreateTable(tables, life, clock, ids, guard.policies(), keys))
                .on(Operations.DESCRIBE_TABLE, new DescribeTable(tables, clock))
                .on(Operations.LIST_TABLES, new ListTables(tables))
                .on(Operations.UPDATE_TABLE, new UpdateTable(tables, life, clock, keys))
                .on(Operations.DELETE_TABLE, new DeleteTable(tables, life, clock))
                .on(Operations.TAG_RESOURCE, new TagResource(tables))
                .on(Operations.UNTAG_RESOURCE, new UntagResource(tables))
                .on(Operations.LIST_TAGS_OF_RESOURCE, new ListTagsOfResource(tables))
                .on(Operations.UPDATE_TIME_TO_LIVE, new UpdateTimeToLive(tables, life, clock))
                .on(Operations.DESCRIBE_TIME_TO_LIVE, new DescribeTimeToLive(tables));
    }

    private static void ofFirstGlobalTables(Dispatcher.Builder builder) {
        builder.on(Operations.CREATE_GLOBAL_TABLE, FirstGlobalTables.create())
                .on(Operations.UPDATE_GLOBAL_TABLE, FirstGlobalTables.find(UpdateGlobalTableInput::globalTableName))
                .on(Operations.DESCRIBE_GLOBAL_TABLE, FirstGlobalTables.find(DescribeGlobalTableInput::globalTableName))
                .on(Operations.LIST_GLOBAL_TABLES, FirstGlobalTables::list)
                .on(
                        Operations.DESCRIBE_GLOBAL_TABLE_SETTINGS,
                        FirstGlobalTables.find(DescribeGlobalTableSettingsInput::globalTableName))
                .on(
                        Operations.UPDATE_GLOBAL_TABLE_SETTINGS,
                        FirstGlobalTables.find(UpdateGlobalTableSettingsInput::globalTableName));
    }

    private static void ofPolicies(Dispatcher.Builder builder, Tables tables, Guard guard, MillisecondClock clock) {
        builder.on(
                        Operations.PUT_RESOURCE_POLICY,
                        new PutResourcePolicy(tables, guard.policies(), clock, guard.policyPause()))
                .on(Operations.GET_RESOURCE_POLICY, new GetResourcePolicy(tables))
                .on(Operations.DELETE_RESOURCE_POLICY, new DeleteResourcePolicy(tables, clock, guard.policyPause()));
    }

    /** The stream of each event source mapping. */
    private static BiFunction<AccountRegion, String, Optional<String>> streams(Triggers triggers) {
        return (owner, id) -> triggers.of(owner).stream()
                .map(TriggerDescription::trigger)
                .filter(trigger -> trigger.id().equals(id))
                .map(Trigger::streamArn)
                .findFirst();
    }

    private static void ofItems(
            Dispatcher.Builder builder,
            Tables tables,
            ItemStore items,
            Transactions transactions,
            Moments moments,
            Gate gate) {
        builder.on(Operations.PUT_ITEM, new PutItem(tables, items))
                .on(Operations.GET_ITEM, new GetItem(tables, moments))
                .on(Operations.UPDATE_ITEM, new UpdateItem(tables, items))
                .on(Operations.DELETE_ITEM, new DeleteItem(tables, items))
                .on(Operations.QUERY, new Query(tables, moments), MemoryAdmission.PAGE)
                .on(Operations.SCAN, new Scan(tables, moments), MemoryAdmission.PAGE)
                .on(Operations.LIST_ITEM_CHANGES, new ListItemChanges(tables, items, moments), MemoryAdmission.BATCH)
                .on(
                        Operations.BATCH_GET_ITEM,
                        new BatchGetItem(tables, moments),
                        MemoryAdmission.FIRST_OF_BATCH,
                        MemoryAdmission.BATCH)
                .on(Operations.BATCH_WRITE_ITEM, new BatchWriteItem(tables, items))
                .on(
                        Operations.TRANSACT_GET_ITEMS,
                        new TransactGetItems(tables, transactions),
                        MemoryAdmission.FIRST_OF_TRANSACTION,
                        MemoryAdmission.TRANSACTION)
                .on(Operations.TRANSACT_WRITE_ITEMS, new TransactWriteItems(tables, transactions))
                .on(Operations.EXECUTE_STATEMENT, new ExecuteStatement(tables, items, moments), MemoryAdmission.PAGE)
                .on(
                        Operations.BATCH_EXECUTE_STATEMENT,
                        new BatchExecuteStatement(tables, items, gate),
                        MemoryAdmission.BATCH)
                .on(
                        Operations.EXECUTE_TRANSACTION,
                        new ExecuteTransaction(tables, transactions),
                        MemoryAdmission.TRANSACTION);
    }

    private static void ofStreams(Dispatcher.Builder builder, RowStore store, Tables tables, MillisecondClock clock) {
        var streams = new Streams(tables);
        var reader = new StreamReader(store, streams, clock);
        builder.on(Operations.LIST_STREAMS, new ListStreams(streams))
                .on(Operations.DESCRIBE_STREAM, new DescribeStream(streams))
                .on(Operations.GET_SHARD_ITERATOR, new GetShardIterator(reader))
                .on(Operations.GET_RECORDS, new GetRecords(reader), MemoryAdmission.PAGE);
    }

    /** The operations that Gramme adds to the service's. */
    private static void ours(Dispatcher.Builder builder, ExpirySweep sweep, Triggers triggers) {
        builder.on(Operations.SWEEP_EXPIRED_ITEMS, new SweepExpiredItems(sweep))
                .on(Operations.CREATE_EVENT_SOURCE_MAPPING, new CreateEventSourceMapping(triggers))
                .on(Operations.GET_EVENT_SOURCE_MAPPING, new GetEventSourceMapping(triggers))
                .on(Operations.LIST_EVENT_SOURCE_MAPPINGS, new ListEventSourceMappings(triggers))
                .on(Operations.UPDATE_EVENT_SOURCE_MAPPING, new UpdateEventSourceMapping(triggers))
                .on(Operations.DELETE_EVENT_SOURCE_MAPPING, new DeleteEventSourceMapping(triggers));
    }

    private static void ofScaling(Dispatcher.Builder builder, AutoScaling scaling) {
        builder.on(Operations.REGISTER_SCALABLE_TARGET, new RegisterScalableTarget(scaling))
                .on(Operations.DEREGISTER_SCALABLE_TARGET, new DeregisterScalableTarget(scaling))
                .on(Operations.DESCRIBE_SCALABLE_TARGETS, new DescribeScalableTargets(scaling))
                .on(Operations.PUT_SCALING_POLICY, new PutScalingPolicy(scaling))
                .on(Operations.DELETE_SCALING_POLICY, new DeleteScalingPolicy(scaling))
                .on(Operations.DESCRIBE_SCALING_POLICIES, new DescribeScalingPolicies(scaling))
                .on(Operations.DESCRIBE_SCALING_ACTIVITIES, new DescribeScalingActivities(scaling))
                .on(Operations.PUT_SCHEDULED_ACTION, new PutScheduledAction(scaling))
                .on(Operations.DELETE_SCHEDULED_ACTION, new DeleteScheduledAction(scaling))
                .on(Operations.DESCRIBE_SCHEDULED_ACTIONS, new DescribeScheduledActions(scaling))
                .on(Operations.AUTO_SCALING_TAG_RESOURCE, new TagScalableTarget(scaling))
                .on(Operations.AUTO_SCALING_UNTAG_RESOURCE, new UntagScalableTarget(scaling))
                .on(Operations.LIST_TAGS_FOR_RESOURCE, new ListTagsForScalableTarget(scaling))
                .on(Operations.DESCRIBE_TABLE_REPLICA_AUTO_SCALING, new DescribeTableReplicaAutoScaling())
                .on(Operations.UPDATE_TABLE_REPLICA_AUTO_SCALING, new UpdateTableReplicaAutoScaling());
    }

    private static void ofInsights(
            Dispatcher.Builder builder, Tables tables, TableLifecycle life, TopKeys topKeys, MillisecondClock clock) {
        builder.on(Operations.UPDATE_CONTRIBUTOR_INSIGHTS, new UpdateContributorInsights(tables, life, clock))
                .on(Operations.DESCRIBE_CONTRIBUTOR_INSIGHTS, new DescribeContributorInsights(tables))
                .on(Operations.LIST_CONTRIBUTOR_INSIGHTS, new ListContributorInsights(tables))
                .on(Operations.DESCRIBE_TOP_KEYS, new DescribeTopKeys(tables, topKeys));
    }

    private static void ofFaults(Dispatcher.Builder builder, FaultRules faults, RandomIds ids) {
        builder.on(Operations.PUT_FAULT_RULE, new PutFaultRule(faults, ids))
                .on(Operations.LIST_FAULT_RULES, new ListFaultRules(faults))
                .on(Operations.DELETE_FAULT_RULES, new DeleteFaultRules(faults));
    }

    private static void ofRecovery(
            Dispatcher.Builder builder,
            RowStore store,
            Tables tables,
            TableLifecycle life,
            Recovery recovery,
            MillisecondClock clock,
            RandomIds ids,
            RootKeys keys) {
        Backups backups = recovery.backups();
        Restores restores = recovery.restores();
        builder.on(Operations.CREATE_BACKUP, new CreateBackup(tables, backups))
                .on(Operations.DESCRIBE_BACKUP, new DescribeBackup(backups))
                .on(Operations.LIST_BACKUPS, new ListBackups(backups))
                .on(Operations.DELETE_BACKUP, new DeleteBackup(backups))
                .on(Operations.LIST_BACKUP_FILES, new ListBackupFiles(backups))
                .on(Operations.READ_BACKUP_FILE, new ReadBackupFile(backups), MemoryAdmission.PAGE)
                .on(
                        Operations.EXPORT_TABLE_TO_POINT_IN_TIME,
                        new ExportTableToPointInTime(store, tables, recovery.exports(), recovery.lag(), clock))
                .on(Operations.IMPORT_TABLE, new ImportTable(tables, recovery.imports(), clock, ids, keys))
                .on(Operations.START_BULK_PUT_ITEMS, new StartBulkPutItems(tables, recovery.bulkPuts()))
                .on(Operations.DESCRIBE_BULK_OPERATION, new DescribeBulkOperation(recovery.bulkPuts()))
                .on(Operations.LIST_BULK_OPERATIONS, new ListBulkOperations(recovery.bulkPuts()))
                .on(Operations.CANCEL_BULK_OPERATION, new CancelBulkOperation(recovery.bulkPuts()))
                .on(Operations.DESCRIBE_IMPORT, new DescribeImport(recovery.imports()))
                .on(Operations.LIST_IMPORTS, new ListImports(recovery.imports()))
                .on(Operations.LIST_IMPORT_ERRORS, new ListImportErrors(recovery.imports()), MemoryAdmission.PAGE)
                .on(Operations.DESCRIBE_EXPORT, new DescribeExport(recovery.exports()))
                .on(Operations.LIST_EXPORTS, new ListExports(tables, recovery.exports()))
                .on(
                        Operations.RESTORE_TABLE_FROM_BACKUP,
                        new RestoreTableFromBackup(tables, backups, restores, clock, ids, keys))
                .on(
                        Operations.RESTORE_TABLE_TO_POINT_IN_TIME,
                        new RestoreTableToPointInTime(store, tables, restores, recovery.lag(), clock, ids, keys))
                .on(
                        Operations.DESCRIBE_CONTINUOUS_BACKUPS,
                        new DescribeContinuousBackups(tables, recovery.lag(), clock))
                .on(
                        Operations.UPDATE_CONTINUOUS_BACKUPS,
                        new UpdateContinuousBackups(tables, life, recovery.lag(), clock));
    }

    private static void ofKinesis(
            Dispatcher.Builder builder,
            Tables tables,
            TableLifecycle life,
            Optional<String> noKinesis,
            MillisecondClock clock,
            RandomIds ids) {
        builder.on(
                        Operations.ENABLE_KINESIS_STREAMING_DESTINATION,
                        new EnableKinesisStreamingDestination(tables, life, clock, ids, noKinesis))
                .on(
                        Operations.DISABLE_KINESIS_STREAMING_DESTINATION,
                        new DisableKinesisStreamingDestination(tables, life, clock))
                .on(
                        Operations.UPDATE_KINESIS_STREAMING_DESTINATION,
                        new UpdateKinesisStreamingDestination(tables, life, clock))
                .on(
                        Operations.DESCRIBE_KINESIS_STREAMING_DESTINATION,
                        new DescribeKinesisStreamingDestination(tables, clock));
    }

    private static void ofServer(Dispatcher.Builder builder, RowStore store, Tables tables, ServerBackups backups) {
        builder.on(Operations.START_SERVER_BACKUP, new StartServerBackup(backups))
                .on(Operations.DESCRIBE_SERVER_BACKUP, new DescribeServerBackup(backups))
                .on(Operations.DESCRIBE_TABLE_HISTORY, new DescribeTableHistory(tables, new HistorySizes(store)));
    }

    private static void ofJobs(Dispatcher.Builder builder, Jobs jobs, JobKinds kinds) {
        builder.on(Operations.LIST_JOBS, new ListJobs(jobs))
                .on(Operations.DESCRIBE_JOB, new DescribeJob(jobs))
                .on(Operations.CANCEL_JOB, new CancelJob(jobs, kinds));
    }
}
