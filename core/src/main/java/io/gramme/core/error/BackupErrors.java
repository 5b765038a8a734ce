package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.ACCESS_DENIED;
import static io.gramme.core.error.ErrorCode.BACKUP_IN_USE;
import static io.gramme.core.error.ErrorCode.BACKUP_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.CONTINUOUS_BACKUPS_UNAVAILABLE;
import static io.gramme.core.error.ErrorCode.INVALID_RESTORE_TIME;
import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.POINT_IN_TIME_RECOVERY_UNAVAILABLE;
import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.TABLE_ALREADY_EXISTS;
import static io.gramme.core.error.ErrorCode.TABLE_IN_USE;
import static io.gramme.core.error.ErrorCode.TABLE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The wording of each message about backups, recovery to a point in time, and restores. Captured, unless said. */
public final class BackupErrors {
    private BackupErrors() {}

    private static ApiException invalid(String what) {
        return VALIDATION.because("Invalid Request: " + what);
    }

    /** @param given the name or the ARN of the table, as the request has it */
    public static ApiException tableNotFound(String given) {
        return TABLE_NOT_FOUND.because("Table not found: " + given);
    }

    public static ApiException backupNotFound(String arn) {
        return BACKUP_NOT_FOUND.because("Backup not found: " + arn);
    }

    /** The ARN is not that of a backup. */
    public static ApiException noBackupArn() {
        return VALIDATION.because("Invalid Backup ARN");
    }

    /** The ARN has the form of a backup's, but names a partition, service or region that does not exist. */
    public static ApiException badBackupArn() {
        return VALIDATION.because("BackupArn is not valid");
    }

    public static ApiException accessDenied() {
        return ACCESS_DENIED.because("Access is denied");
    }

    /** The beginning of the text is inferred. */
    public static ApiException cursorOfOtherRegion(String arn) {
        return VALIDATION.because("ExclusiveStartBackupArn " + arn + " does not match the region");
    }

    public static ApiException boundsReversed() {
        return VALIDATION.because("Time range lower bound must be less than or equal to upper bound");
    }

    public static ApiException beingRestored(String arn) {
        return BACKUP_IN_USE.because("Backup is being used to restore another table: " + arn);
    }

    public static ApiException beingRestoredSoNotDeleted(String arn) {
        return BACKUP_IN_USE.because("Backup is being used to restore table: " + arn);
    }

    /** The form of the time is inferred. */
    public static ApiException systemBackup(String arn, Instant expiry) {
        return VALIDATION.because("User is not allowed to delete the system backup with arn " + arn
                + ". It will automatically expire on " + expiry.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Only the beginning of the text was captured. */
    public static ApiException tooManyRestores(int most) {
        return LIMIT_EXCEEDED.because(
                "Only " + most + " restore operations may be in progress at the same time for an account");
    }

    /** A text of ours: the service never lacks a place for backups. */
    public static ApiException noPlaceForBackups() {
        return CONTINUOUS_BACKUPS_UNAVAILABLE.because(
                "This server has no place for backups: start it with --backups DIRECTORY");
    }

    /**
     * A text of ours that begins as the service's for tables does.
     *
     * @param reason of the key service
     */
    public static ApiException keyUnusable(String arn, String rootKey, String reason) {
        return ACCESS_DENIED.because("KMS key access denied error: the files of backup " + arn
                + " are encrypted under the key " + rootKey + ", which this server cannot use: " + reason);
    }

    /** A text of ours. */
    public static ApiException damaged(String arn, String reason) {
        return VALIDATION.because("The files of backup " + arn + " cannot be restored. " + reason);
    }

    public static ApiException notEnabledYet(String table) {
        return CONTINUOUS_BACKUPS_UNAVAILABLE.because(
                "Backups are being enabled for the table: " + table + ". Please retry later");
    }

    public static ApiException recoveryDisabled(String table) {
        return POINT_IN_TIME_RECOVERY_UNAVAILABLE.because(
                "Point in time recovery is not enabled for table '" + table + "'");
    }

    /** Inferred: the service was seen to reject the request, not with which text. */
    public static ApiException periodWithoutRecovery() {
        return VALIDATION.because("One or more parameter values were invalid: "
                + "RecoveryPeriodInDays can only be specified when PointInTimeRecoveryEnabled is true");
    }

    public static ApiException outsideWindow(Instant time, Instant earliest, Instant latest) {
        return INVALID_RESTORE_TIME.because("RestoreDateTime '" + seconds(time)
                + "' must be within EarliestRestorableDateTime '" + seconds(earliest)
                + "' and LatestRestorableDateTime '" + seconds(latest) + "'");
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public static ApiException twoSources() {
        return VALIDATION.because("Must provide exactly one of: sourceTableArn, sourceTableName");
    }

    public static ApiException noSource() {
        return VALIDATION.because("The parameter 'TableName' is required");
    }

    /** The end of the text is inferred. */
    public static ApiException twoTimes() {
        return invalid(
                "Both RestoreDateTime and UseLatestRestorableTime cannot be set for point-in-time restore request."
                        + " Please provide only one of them");
    }

    public static ApiException noTime() {
        return invalid("Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not both");
    }

    public static ApiException targetExists(String table) {
        return TABLE_ALREADY_EXISTS.because("Table already exists: " + table);
    }

    public static ApiException targetBeingRestored(String table, String from) {
        return TABLE_IN_USE.because("Table: " + table + " is already being restored from backup: " + from);
    }

    /** The beginning of the text is inferred. */
    public static ApiException badSourceArn() {
        return VALIDATION.because("One or more parameter values were invalid: sourceTableArn is not a valid ARN");
    }

    public static ApiException sourceOfOtherAccount() {
        return VALIDATION.because("This action is only supported by accounts that match the resource owner's account");
    }

    public static ApiException noEncryptionAcrossRegions() {
        return invalid("sseSpecificationOverride must be provided for cross-region restores");
    }

    public static ApiException throughputWithoutProvisioning() {
        return VALIDATION.because("Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED");
    }

    public static ApiException provisioningWithoutThroughput() {
        return VALIDATION.because("Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED");
    }

    public static ApiException indexNotInSource(String index) {
        return VALIDATION.because("Index " + index
                + " does not match a secondary index that existed in the source table and cannot be created during the"
                + " restore operation");
    }

    /** The header by which a request names the moment that it reads. */
    public static final String AS_OF = "x-gramme-as-of";

    private static ApiException asOf(String what) {
        return moment(AS_OF, what);
    }

    private static ApiException moment(String parameter, String what) {
        return VALIDATION.because("One or more parameter values were invalid: " + parameter + ": " + what);
    }

    /**
     * A text of ours, as is the header.
     *
     * @param parameter the header or member that has the moment
     */
    public static ApiException noMoment(String parameter, String given) {
        return moment(parameter, "neither a time such as 2026-03-01T14:03:00Z nor a position: " + abbreviated(given));
    }

    /** A text of ours. */
    public static ApiException pastNotKept(String parameter, String table) {
        return moment(
                parameter,
                "table " + table
                        + " keeps no earlier states: enable its point-in-time recovery with UpdateContinuousBackups");
    }

    /** A text of ours. */
    public static ApiException outsidePast(String parameter, String given, Instant oldest) {
        return moment(
                parameter,
                abbreviated(given) + " is not between " + oldest + ", the earliest readable time, and the present");
    }

    /** A text of ours. */
    public static ApiException momentsReversed() {
        return moment("From", "later than To");
    }

    /** A text of ours. */
    public static ApiException changeToken() {
        return moment("NextToken", "not one that ListItemChanges has returned");
    }

    /** A text of ours. */
    public static ApiException notSealed(String arn) {
        return VALIDATION.because("The files of the backup are not complete yet: " + arn
                + ". The job that writes them is among those of ListJobs");
    }

    /** A text of ours. */
    public static ApiException noBackupFile(String name, String arn) {
        return RESOURCE_NOT_FOUND.because(
                "Requested resource not found: File: " + abbreviated(name) + " not found in backup " + arn);
    }

    /** A text of ours. */
    public static ApiException noPastOf(String operation) {
        return asOf("operation " + operation + " works on the present only");
    }

    private static String abbreviated(String given) {
        return given.length() <= 64 ? given : given.substring(0, 64) + "...";
    }

    /** Inferred: the model says that the service rejects it. */
    public static ApiException warmThroughputOfIndex(String index) {
        return VALIDATION.because("One or more parameter values were invalid: "
                + "WarmThroughput cannot be specified for index " + index + " of a restore");
    }
}
