package io.gramme.server.operation;

import io.gramme.api.GetRecordsInput;
import io.gramme.api.GetRecordsOutput;
import io.gramme.api.Identity;
import io.gramme.api.OperationType;
import io.gramme.api.Record;
import io.gramme.api.StreamRecord;
import io.gramme.api.StreamViewType;
import io.gramme.core.error.StreamErrors;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.stream.ShardIterator;
import io.gramme.tables.stream.Stream;
import io.gramme.tables.stream.StreamReader;
import io.gramme.tables.stream.StreamRecordView;
import java.util.Optional;

/** GetRecords: returns the next records of a shard, and the iterator to continue with. */
public final class GetRecords implements Handler<GetRecordsInput, GetRecordsOutput> {
    private static final int MAX = 1_000;

    /**
     * Spelled as in the API model. In the guide its members are in lower case, as they are in the events of functions.
     */
    private static final Identity SERVICE = Identity.builder()
            .type("Service")
            .principalId(StreamRecordView.SERVICE)
            .build();

    private final StreamReader reader;

    public GetRecords(StreamReader reader) {
        this.reader = reader;
    }

    @Override
    public GetRecordsOutput handle(GetRecordsInput request, RequestContext context) {
        int limit = request.limit().orElse(MAX);
        if (limit > MAX) {
            throw StreamErrors.tooManyRecords();
        }
        ShardIterator iterator = ShardIterator.decode(request.shardIterator());
        StreamReader.Entries read = reader.read(context.accountRegion(), iterator, limit);
        context.trace().stream(read.stream());
        context.trace().returned(read.entries().size());
        return GetRecordsOutput.builder()
                .records(read.entries().stream()
                        .map(entry -> record(read.stream(), entry))
                        .toList())
                .nextShardIterator(read.next().map(ShardIterator::encode))
                .build();
    }

    private static Record record(Stream stream, LogEntry entry) {
        var shown = new StreamRecordView(stream.arn(), stream.view(), entry);
        return Record.builder()
                .eventID(shown.id())
                .eventName(OperationType.valueOf(shown.event().name()))
                .eventVersion(StreamRecordView.EVENT_VERSION)
                .eventSource(StreamRecordView.EVENT_SOURCE)
                .awsRegion(stream.table().accountRegion().region())
                .userIdentity(shown.isByService() ? Optional.of(SERVICE) : Optional.empty())
                .dynamodb(StreamRecord.builder()
                        .approximateCreationDateTime(shown.created())
                        .keys(shown.keys())
                        .oldImage(shown.oldImage())
                        .newImage(shown.newImage())
                        .sequenceNumber(shown.sequenceNumber())
                        .sizeBytes(shown.sizeBytes())
                        .streamViewType(StreamViewType.valueOf(stream.view().name()))
                        .transactionId(shown.transaction())
                        .build())
                .build();
    }
}
