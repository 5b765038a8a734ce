package io.gramme.server.operation;

import io.gramme.api.GetShardIteratorInput;
import io.gramme.api.GetShardIteratorOutput;
import io.gramme.core.error.StreamErrors;
import io.gramme.tables.stream.StreamReader;
import io.gramme.tables.stream.StreamReader.Beginning;

/** GetShardIterator: returns the iterator at which to begin reading a shard. */
public final class GetShardIterator implements Handler<GetShardIteratorInput, GetShardIteratorOutput> {
    private final StreamReader reader;

    public GetShardIterator(StreamReader reader) {
        this.reader = reader;
    }

    @Override
    public GetShardIteratorOutput handle(GetShardIteratorInput request, RequestContext context) {
        Beginning beginning = beginning(request);
        return GetShardIteratorOutput.builder()
                .shardIterator(reader.begin(context.accountRegion(), request.streamArn(), request.shardId(), beginning)
                        .encode())
                .build();
    }

    private static Beginning beginning(GetShardIteratorInput request) {
        return switch (request.shardIteratorType()) {
            case TRIM_HORIZON -> {
                requireNoNumber(request);
                yield new Beginning.Oldest();
            }
            case LATEST -> {
                requireNoNumber(request);
                yield new Beginning.Newest();
            }
            case AT_SEQUENCE_NUMBER -> new Beginning.At(number(request));
            case AFTER_SEQUENCE_NUMBER -> new Beginning.After(number(request));
        };
    }

    private static String number(GetShardIteratorInput request) {
        return request.sequenceNumber().orElseThrow(StreamErrors::invalidSequenceNumber);
    }

    private static void requireNoNumber(GetShardIteratorInput request) {
        if (request.sequenceNumber().isPresent()) {
            throw StreamErrors.sequenceNumberNotExpected();
        }
    }
}
