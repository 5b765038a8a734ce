package io.gramme.server.operation;

import io.gramme.api.BulkOperationBytes;
import io.gramme.api.BulkOperationDescription;
import io.gramme.api.BulkOperationPerformanceTier;
import io.gramme.api.BulkOperationStatus;
import io.gramme.api.BulkOperationSummary;
import io.gramme.api.BulkOperationTableDetail;
import io.gramme.api.BulkOperationUsage;
import io.gramme.api.StartBulkPutItemsInput;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.BulkErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.load.BulkPut;
import io.gramme.recovery.load.BulkPuts;
import io.gramme.recovery.load.BulkSums;
import io.gramme.tables.table.AccountRegion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds bulk operations by their ARNs, and makes their descriptions. */
final class BulkDescriptions {
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:dynamodb:([^:/]+):([^:/]+):table/([^/]+)/bulk-operation/([^/]+)");

    private BulkDescriptions() {}

    static BulkPut find(BulkPuts puts, String arn, AccountRegion caller) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw BulkErrors.badOperationArn();
        }
        if (!parts.group(2).equals(caller.account())) {
            throw BackupErrors.accessDenied();
        }
        return ResourceId.parse(parts.group(4))
                .filter(_ -> parts.group(1).equals(caller.region()))
                .flatMap(id -> puts.find(caller, id))
                .filter(one -> one.table().name().equals(parts.group(3)))
                .orElseThrow(() -> BulkErrors.operationNotFound(arn));
    }

    static BulkOperationDescription of(BulkPut one, BulkSums sums) {
        StartBulkPutItemsInput request = one.request();
        return BulkOperationDescription.builder()
                .bulkOperationArn(one.arn())
                .bulkOperationStatus(status(one))
                .bulkOperationUsage(List.of(usage(one, sums)))
                .clientToken(request.clientToken())
                .endTime(one.ended())
                .failedItemCount(sums.failed())
                .failureCode(one.failure().map(BulkPut.Failure::code))
                .failureMessage(one.failure().map(BulkPut.Failure::message))
                .inputS3Configuration(request.inputS3Configuration())
                .maxWriteRequestUnits(request.maxWriteRequestUnits())
                .outputS3Configuration(request.outputS3Configuration())
                .performanceTier(request.performanceTier().orElse(BulkOperationPerformanceTier.STANDARD))
                .processedInputBytes(sums.inputBytes())
                .processedItemCount(sums.items())
                .startTime(one.started())
                .tableDetails(List.of(new BulkOperationTableDetail(
                        Optional.of(one.tableId()), Optional.of(one.table().name()))))
                .totalInputBytes(boxed(one.inputBytes()))
                .build();
    }

    static BulkOperationStatus status(BulkPut one) {
        return BulkOperationStatus.valueOf(one.status().name());
    }

    static BulkOperationSummary summary(BulkPut one) {
        return new BulkOperationSummary(one.arn(), status(one), one.ended(), one.started());
    }

    private static BulkOperationUsage usage(BulkPut one, BulkSums sums) {
        return BulkOperationUsage.builder()
                .bulkPutBytes(sums.allBytes())
                .globalSecondaryIndexes(bytes(sums.globalBytes()))
                .localSecondaryIndexes(bytes(sums.localBytes()))
                .table(new BulkOperationBytes(Optional.of(sums.tableBytes())))
                .tableName(one.table().name())
                .build();
    }

    /** Absent if there are none. */
    private static Optional<Map<String, BulkOperationBytes>> bytes(Map<String, Long> ofIndexes) {
        var shown = new LinkedHashMap<String, BulkOperationBytes>();
        ofIndexes.forEach((index, bytes) -> shown.put(index, new BulkOperationBytes(Optional.of(bytes))));
        return shown.isEmpty() ? Optional.empty() : Optional.of(shown);
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
