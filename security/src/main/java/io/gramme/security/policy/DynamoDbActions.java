package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The actions of DynamoDB that policies can name, from the service authorization reference. */
public final class DynamoDbActions {
    /** What an action can be allowed on. */
    public enum Resource {
        TABLE,
        INDEX,
        STREAM,
        BACKUP,
        EXPORT,
        IMPORT,
        GLOBAL_TABLE,
        /** {@code *}, and nothing else. */
        NONE
    }

    /**
     * An action.
     *
     * @param name without its service: {@code GetItem}
     * @param inTablePolicy whether the policy of a table may name it
     * @param inStreamPolicy whether the policy of a stream may name it
     * @param crossAccount whether a principal of another account can be allowed it
     */
    public record Action(
            String name, Set<Resource> resources, boolean inTablePolicy, boolean inStreamPolicy, boolean crossAccount) {
        /** With its service: {@code dynamodb:GetItem}. */
        public String qualified() {
            return PREFIX + name;
        }
    }

    public static final String PREFIX = "dynamodb:";

    /**
     * A line is: resources, where it may be named (T: table policy, S: stream policy, X: also for other accounts, -: in
     * no resource policy), and names.
     */
    private static final String TABLE = """
            TABLE TX GetItem PutItem UpdateItem DeleteItem BatchGetItem BatchWriteItem ConditionCheckItem
            TABLE,INDEX TX Query Scan
            TABLE,INDEX T PartiQLSelect
            TABLE T PartiQLInsert PartiQLUpdate PartiQLDelete
            INDEX T SearchVectors
            TABLE - CreateTable
            TABLE TX DescribeTable UpdateTable DeleteTable
            TABLE TX TagResource UntagResource ListTagsOfResource
            TABLE T DescribeTimeToLive UpdateTimeToLive DescribeContinuousBackups UpdateContinuousBackups
            TABLE T EnableKinesisStreamingDestination DisableKinesisStreamingDestination
            TABLE T DescribeKinesisStreamingDestination UpdateKinesisStreamingDestination
            TABLE T DescribeTableReplicaAutoScaling UpdateTableReplicaAutoScaling
            TABLE,INDEX T DescribeContributorInsights UpdateContributorInsights
            TABLE,STREAM TS PutResourcePolicy GetResourcePolicy DeleteResourcePolicy
            TABLE T CreateBackup RestoreTableToPointInTime ExportTableToPointInTime ImportTable
            BACKUP - DescribeBackup DeleteBackup
            BACKUP,TABLE - RestoreTableFromBackup
            EXPORT - DescribeExport
            IMPORT - DescribeImport
            STREAM SX DescribeStream GetShardIterator GetRecords
            NONE - ListTables ListBackups ListExports ListImports ListGlobalTables ListStreams
            NONE - ListContributorInsights DescribeLimits DescribeEndpoints
            GLOBAL_TABLE,TABLE - CreateGlobalTable UpdateGlobalTable UpdateGlobalTableSettings
            GLOBAL_TABLE - DescribeGlobalTable DescribeGlobalTableSettings
            TABLE T AssociateTableReplica CreateTableReplica DeleteTableReplica
            TABLE T CreateGlobalTableWitness DeleteGlobalTableWitness ReplicateSettings UpdateGlobalTableVersion
            TABLE T ReadDataForReplication WriteDataForReplication
            TABLE T InjectError StartAwsBackupJob RestoreTableFromAwsBackup
            NONE - GetAbacStatus UpdateAbacStatus
            NONE - DescribeReservedCapacity DescribeReservedCapacityOfferings PurchaseReservedCapacityOfferings
            """;

    private static final List<Action> ALL =
            TABLE.lines().flatMap(line -> read(line).stream()).toList();

    private static final Map<String, Action> BY_NAME = ALL.stream()
            .collect(Collectors.toUnmodifiableMap(
                    action -> ConditionKeys.lower(action.qualified()), Function.identity()));

    private DynamoDbActions() {}

    private static List<Action> read(String line) {
        String[] words = line.split(" ", -1);
        Set<Resource> resources = EnumSet.noneOf(Resource.class);
        for (String resource : words[0].split(",", -1)) {
            resources.add(Resource.valueOf(resource));
        }
        List<Action> actions = new ArrayList<>();
        for (int i = 2; i < words.length; i++) {
            actions.add(new Action(
                    words[i],
                    Set.copyOf(resources),
                    words[1].contains("T"),
                    words[1].contains("S"),
                    words[1].contains("X")));
        }
        return actions;
    }

    public static List<Action> all() {
        return ALL;
    }

    /** Whether there is such an action, with its service and in any case: {@code dynamodb:GetItem}. */
    public static boolean contains(String qualified) {
        return BY_NAME.containsKey(ConditionKeys.lower(qualified));
    }

    /** The actions that a pattern of a policy matches: {@code dynamodb:Get*}. */
    static List<Action> matching(String pattern) {
        Glob glob = Glob.of(ConditionKeys.lower(pattern));
        return ALL.stream()
                .filter(action -> glob.matches(ConditionKeys.lower(action.qualified())))
                .toList();
    }
}
