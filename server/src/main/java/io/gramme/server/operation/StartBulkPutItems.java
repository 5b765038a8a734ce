package io.gramme.server.operation;

import io.gramme.api.OutputS3Configuration;
import io.gramme.api.S3SseAlgorithm;
import io.gramme.api.StartBulkPutItemsInput;
import io.gramme.api.StartBulkPutItemsOutput;
import io.gramme.core.error.BulkErrors;
import io.gramme.recovery.load.BulkPut;
import io.gramme.recovery.load.BulkPuts;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/**
 * StartBulkPutItems: puts the items in the objects of a bucket into an existing table. The buckets are not looked at
 * before the job begins.
 */
public final class StartBulkPutItems implements Handler<StartBulkPutItemsInput, StartBulkPutItemsOutput> {
    private final Tables tables;
    private final BulkPuts puts;

    public StartBulkPutItems(Tables tables, BulkPuts puts) {
        this.tables = tables;
        this.puts = puts;
    }

    @Override
    public StartBulkPutItemsOutput handle(StartBulkPutItemsInput request, RequestContext context) {
        requireOutput(request.outputS3Configuration());
        Optional<BulkPut> earlier =
                request.clientToken().flatMap(token -> puts.ofToken(context.accountRegion(), token));
        if (earlier.isPresent()) {
            if (!earlier.get().request().equals(request)) {
                throw BulkErrors.tokenOfOtherRequest();
            }
            return answer(earlier.get());
        }
        Table table = tables.describe(context.accountRegion(), request.tableName());
        requireReady(table);
        return answer(puts.begin(table, request));
    }

    private StartBulkPutItemsOutput answer(BulkPut one) {
        return new StartBulkPutItemsOutput(BulkDescriptions.of(one, puts.sums(one)));
    }

    private static void requireOutput(OutputS3Configuration output) {
        if (output.s3Bucket().isEmpty()) {
            throw BulkErrors.outputBucketMissing();
        }
        if (output.s3SseKmsKeyId().isPresent() && !output.s3SseAlgorithm().equals(Optional.of(S3SseAlgorithm.KMS))) {
            throw BulkErrors.keyWithoutKms();
        }
    }

    private static void requireReady(Table table) {
        if (!table.status().isUsable()) {
            throw BulkErrors.tableNotReady(table.name(), table.status().name());
        }
        table.globalIndexes().stream()
                .filter(index -> index.status() == SecondaryIndex.Status.CREATING)
                .findFirst()
                .ifPresent(index -> {
                    throw BulkErrors.indexNotReady(table.name(), index.name());
                });
    }
}
