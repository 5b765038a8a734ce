package io.gramme.server.operation;

import io.gramme.api.DescribeStreamInput;
import io.gramme.api.DescribeStreamOutput;
import io.gramme.api.SequenceNumberRange;
import io.gramme.api.Shard;
import io.gramme.api.ShardFilter;
import io.gramme.api.StreamDescription;
import io.gramme.api.StreamStatus;
import io.gramme.api.StreamViewType;
import io.gramme.core.error.StreamErrors;
import io.gramme.tables.stream.SequenceNumber;
import io.gramme.tables.stream.Stream;
import io.gramme.tables.stream.StreamShard;
import io.gramme.tables.stream.Streams;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** DescribeStream: shows a stream with its shards by ascending ids, either a page of them or the children of one. */
public final class DescribeStream implements Handler<DescribeStreamInput, DescribeStreamOutput> {
    private static final int MAX = 100;

    private final Streams streams;

    public DescribeStream(Streams streams) {
        this.streams = streams;
    }

    @Override
    public DescribeStreamOutput handle(DescribeStreamInput request, RequestContext context) {
        int limit = request.limit().orElse(MAX);
        if (limit > MAX) {
            throw StreamErrors.tooManyShards();
        }
        request.shardFilter().ifPresent(DescribeStream::requireWhole);
        Stream stream = streams.find(context.accountRegion(), request.streamArn());
        List<StreamShard> after = filtered(stream.shards(), request.shardFilter()).stream()
                .filter(shard -> request.exclusiveStartShardId()
                        .filter(start -> shard.id().compareTo(start) <= 0)
                        .isEmpty())
                .sorted(Comparator.comparing(StreamShard::id))
                .toList();
        List<StreamShard> page = after.stream().limit(limit).toList();
        return DescribeStreamOutput.builder()
                .streamDescription(StreamDescription.builder()
                        .streamArn(stream.arn())
                        .streamLabel(stream.label())
                        .streamStatus(StreamStatus.valueOf(stream.status().name()))
                        .streamViewType(StreamViewType.valueOf(stream.view().name()))
                        .creationRequestDateTime(
                                LocalDateTime.parse(stream.label()).toInstant(ZoneOffset.UTC))
                        .tableName(stream.table().name())
                        .keySchema(TableDescriptions.key(stream.key()))
                        .shards(page.stream().map(DescribeStream::shown).toList())
                        .lastEvaluatedShardId(
                                page.size() < after.size()
                                        ? Optional.of(page.getLast().id())
                                        : Optional.empty())
                        .build())
                .build();
    }

    /** The API model requires neither member of a filter, the service both. */
    private static void requireWhole(ShardFilter filter) {
        if (filter.type().isEmpty()) {
            throw StreamErrors.filterWithoutType();
        }
        if (filter.shardId().isEmpty()) {
            throw StreamErrors.filterWithoutShard();
        }
    }

    private static List<StreamShard> filtered(List<StreamShard> shards, Optional<ShardFilter> filter) {
        return filter.flatMap(ShardFilter::shardId)
                .map(parent -> shards.stream()
                        .filter(shard -> shard.parent().filter(parent::equals).isPresent())
                        .toList())
                .orElse(shards);
    }

    private static Shard shown(StreamShard shard) {
        return Shard.builder()
                .shardId(shard.id())
                .parentShardId(shard.parent())
                .sequenceNumberRange(SequenceNumberRange.builder()
                        .startingSequenceNumber(SequenceNumber.of(shard.shard().start()))
                        .endingSequenceNumber(shard.shard().end().map(SequenceNumber::of))
                        .build())
                .build();
    }
}
