package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.ACCESS_DENIED;
import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.RESOURCE_IN_USE;
import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The wording of each message about tables themselves: their names, and what their status forbids. Their schemas,
 * capacities and settings have classes of their own: {@link SchemaErrors}, {@link CapacityErrors},
 * {@link SettingsErrors}.
 */
public final class TableErrors {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' uuuu", Locale.US);

    private TableErrors() {}

    /** The service's prefix for most faults of parameters of table operations. */
    static ApiException invalid(String what) {
        return VALIDATION.because("One or more parameter values were invalid: " + what);
    }

    static ApiException limit(String what) {
        return LIMIT_EXCEEDED.because("Subscriber limit exceeded: " + what);
    }

    /** The text about the last change and the earliest next one, in messages about limits on changes. */
    static String lastAndNext(Instant last, Instant next) {
        return " Last update at " + TIME.format(last.atOffset(ZoneOffset.UTC)) + ". Next update can be made at "
                + TIME.format(next.atOffset(ZoneOffset.UTC));
    }

    private static ApiException inUse(String what) {
        return RESOURCE_IN_USE.because("Attempt to change a resource which is still in use: " + what);
    }

    /** The answer of an item operation to a table that does not exist. */
    public static ApiException tableNotFound() {
        return RESOURCE_NOT_FOUND.because("Requested resource not found");
    }

    /** The same in the words of the table operations. */
    public static ApiException tableNotFound(String table) {
        return RESOURCE_NOT_FOUND.because("Requested resource not found: Table: " + table + " not found");
    }

    public static ApiException indexNotFound(String index, String table) {
        return RESOURCE_NOT_FOUND.because("Requested resource not found: Index " + index + " for table " + table);
    }

    public static ApiException tableExists(String table) {
        return RESOURCE_IN_USE.because("Table already exists: " + table);
    }

    public static ApiException nameTooShort(String name, boolean unclean) {
        return badName(name, "Member must have length greater than or equal to 3", unclean);
    }

    public static ApiException nameTooLong(String name, boolean unclean) {
        return badName(name, "Member must have length less than or equal to 255", unclean);
    }

    public static ApiException nameUnclean(String name) {
        return VALIDATION.because("1 validation error detected: " + patternViolation(name));
    }

    private static ApiException badName(String name, String rule, boolean unclean) {
        String violation = "Value '" + name + "' at 'tableName' failed to satisfy constraint: " + rule;
        return VALIDATION.because(
                unclean
                        ? "2 validation errors detected: " + violation + "; " + patternViolation(name)
                        : "1 validation error detected: " + violation);
    }

    private static String patternViolation(String name) {
        return "Value '" + name + "' at 'tableName' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
    }

    public static ApiException badTableArn() {
        return VALIDATION.because("1 validation error detected: Valid ARN format is "
                + "'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName', "
                + "where Resource name must have length less than or equal to 255, "
                + "Resource name must have length greater than or equal to 3, "
                + "Resource name must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    public static ApiException arnOfOtherResource(String arn) {
        return VALIDATION.because("1 validation error detected: Invalid resource type in '" + arn + "'");
    }

    public static ApiException arnOfOtherRegion(String arn) {
        return VALIDATION.because("1 validation error detected: Invalid AWS region in '" + arn + "'");
    }

    public static ApiException arnOfOtherAccount() {
        return ACCESS_DENIED.because("Access is denied");
    }

    public static ApiException beingCreated(String table) {
        return inUse("Table is being created: " + table);
    }

    public static ApiException beingDeleted(String table) {
        return inUse("Table is being deleted: " + table);
    }

    public static ApiException beingUpdated(String table) {
        return inUse("Table is being updated: " + table);
    }

    public static ApiException deletedWhileUpdated(String table) {
        return inUse("Table: " + table + " is in the process of being updated.");
    }

    public static ApiException deletedWithBusyIndexes() {
        return inUse("Cannot delete table while indexes are being created, updated, or deleted.");
    }

    public static ApiException protectedAgainstDeletion() {
        return VALIDATION.because("Resource cannot be deleted as it is currently protected against deletion. "
                + "Disable deletion protection first.");
    }

    public static ApiException throughputBeingUpdated(String table) {
        return inUse("Table IOPS are currently being updated. Table: " + table);
    }

    /** @param state as the service words it: {@code created}, {@code deleted} */
    public static ApiException throughputWithBusyIndex(String table, String index, String state) {
        return inUse("Can't change table IOPS when an index is being " + state + ". Table: " + table + " Indexes: ["
                + index + "]");
    }

    public static ApiException maximaWhileBillingChanges() {
        return inUse("OnDemandThroughput cannot be updated while BillingMode update is in progress");
    }

    /** @param work as the service words it: {@code creation}, {@code deletion} */
    public static ApiException maximaWithBusyIndex(String index, String work) {
        return inUse("OnDemandThroughput cannot be updated while index " + work + " is in progress for indexes: ["
                + index + "]");
    }

    public static ApiException streamWhileThroughputChanges(String table) {
        return inUse("Can't enable or disable stream while table IOPS are being updated. Table: " + table);
    }

    /** @param state as the service words it: {@code created}, {@code deleted} */
    public static ApiException streamWithBusyIndex(String state) {
        return inUse("Can't change stream status when an index is being " + state);
    }

    public static ApiException indexesWhileThroughputChanges(String table) {
        return inUse("Can't create or delete indexes while table IOPS are being updated. Table: " + table);
    }

    /**
     * The two spaces are the service's own.
     *
     * @param state as the service words it: {@code created}, {@code updated}, {@code deleted}
     */
    public static ApiException indexBusy(String table, String index, String state) {
        return inUse("Index is being " + state + ".  Table: " + table + " Index: " + index);
    }

    public static ApiException indexBeingAllocated(String table, String index) {
        return inUse("Index creation is in resource allocation phase. "
                + "Retry deletion during backfilling phase or when the index is active. Table: " + table + " Index: "
                + index);
    }

    public static ApiException oneIndexAtATime() {
        return limit("Only 1 online index can be created or deleted simultaneously per table");
    }

    /** Ours: the service supports it. Refused, because a client that gets a success would rely on it. */
    public static ApiException notSupported(String parameter) {
        return invalid(parameter + " is not supported yet");
    }

    public static ApiException nothingToUpdate() {
        return VALIDATION.because("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                + "GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, "
                + "ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, "
                + "WarmThroughput or TableClass is required");
    }

    /** @param change as the service words it: {@code Server-Side Encryption modification} */
    public static ApiException notTheOnlyUpdate(String change) {
        return invalid(change + " must be the only operation in the request");
    }

    public static ApiException maximaWithOtherUpdate() {
        return invalid("OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    }

    public static ApiException streamWithThroughput() {
        return invalid("You cannot modify stream status while updating table IOPS");
    }

    public static ApiException indexWithThroughput() {
        return invalid("You cannot create or delete index while updating table IOPS");
    }

    public static ApiException indexWithStream() {
        return invalid("You cannot create or delete index while changing stream status");
    }

    public static ApiException indexWithWarmThroughput() {
        return invalid("Create global secondary index cannot be specified when updating WarmThroughput");
    }
}
