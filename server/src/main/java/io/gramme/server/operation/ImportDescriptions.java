package io.gramme.server.operation;

import io.gramme.api.ImportStatus;
import io.gramme.api.ImportSummary;
import io.gramme.api.ImportTableDescription;
import io.gramme.api.ImportTableInput;
import io.gramme.api.InputCompressionType;
import io.gramme.api.S3BucketSource;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.ImportErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.load.Import;
import io.gramme.recovery.load.Imports;
import io.gramme.tables.table.AccountRegion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the descriptions of imports that the service shows. */
final class ImportDescriptions {
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:dynamodb:([^:/]+):([^:/]+):table/([^/]+)/import/([^/]+)");

    private ImportDescriptions() {}

    /** The import of an ARN; the checks in the order of the service. */
    static Import find(Imports imports, String arn, AccountRegion caller) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw ImportErrors.badImportArn();
        }
        if (!parts.group(2).equals(caller.account())) {
            throw BackupErrors.accessDenied();
        }
        return ResourceId.parse(parts.group(4))
                .filter(_ -> parts.group(1).equals(caller.region()))
                .flatMap(id -> imports.find(caller, id))
                .filter(one -> one.table().name().equals(parts.group(3)))
                .orElseThrow(() -> ImportErrors.importNotFound(arn));
    }

    static ImportTableDescription of(Import one, Import.Totals totals) {
        ImportTableInput request = one.request();
        boolean ended = one.ended().isPresent();
        return ImportTableDescription.builder()
                .clientToken(request.clientToken())
                .cloudWatchLogGroupArn(logGroup(one))
                .endTime(one.ended())
                .errorCount(totals.errors())
                .failureCode(one.failure().map(Import.Failure::code))
                .failureMessage(one.failure().map(Import.Failure::message))
                .importArn(one.arn())
                .importStatus(status(one))
                .importedItemCount(ended ? Optional.of(totals.items() - totals.errors()) : Optional.empty())
                .inputCompressionType(request.inputCompressionType().orElse(InputCompressionType.NONE))
                .inputFormat(request.inputFormat())
                .inputFormatOptions(request.inputFormatOptions())
                .processedItemCount(ended ? Optional.of(totals.items()) : Optional.empty())
                .processedSizeBytes(ended ? Optional.of(totals.bytes()) : Optional.empty())
                .s3BucketSource(source(one))
                .startTime(one.started())
                .tableArn(one.table().arn())
                .tableCreationParameters(request.tableCreationParameters())
                .tableId(one.tableId())
                .build();
    }

    static ImportSummary summary(Import one) {
        return ImportSummary.builder()
                .cloudWatchLogGroupArn(logGroup(one))
                .endTime(one.ended())
                .importArn(one.arn())
                .importStatus(status(one))
                .inputFormat(one.request().inputFormat())
                .s3BucketSource(source(one))
                .startTime(one.started())
                .tableArn(one.table().arn())
                .build();
    }

    private static ImportStatus status(Import one) {
        return ImportStatus.valueOf(one.status().name());
    }

    /** The owner is filled in. */
    private static S3BucketSource source(Import one) {
        S3BucketSource given = one.request().s3BucketSource();
        return new S3BucketSource(
                given.s3Bucket(),
                given.s3BucketOwner()
                        .or(() -> Optional.of(one.table().accountRegion().account())),
                given.s3KeyPrefix());
    }

    private static String logGroup(Import one) {
        AccountRegion owner = one.table().accountRegion();
        return "arn:aws:logs:" + owner.region() + ":" + owner.account() + ":log-group:/aws-dynamodb/imports:*";
    }
}
