package io.gramme.server.operation;

import io.gramme.api.ListStreamsInput;
import io.gramme.api.ListStreamsOutput;
import io.gramme.core.error.StreamErrors;
import io.gramme.tables.stream.Stream;
import io.gramme.tables.stream.StreamArn;
import io.gramme.tables.stream.Streams;
import java.util.List;
import java.util.Optional;

/**
 * ListStreams: lists the streams of an account and region or of one table, with those that were disabled less than a
 * day ago.
 */
public final class ListStreams implements Handler<ListStreamsInput, ListStreamsOutput> {
    private static final int MAX = 100;

    private final Streams streams;

    public ListStreams(Streams streams) {
        this.streams = streams;
    }

    @Override
    public ListStreamsOutput handle(ListStreamsInput request, RequestContext context) {
        int limit = request.limit().orElse(MAX);
        if (limit > MAX) {
            throw StreamErrors.tooManyStreams();
        }
        request.exclusiveStartStreamArn().ifPresent(arn -> StreamArn.require(arn, "ExclusiveStartStreamArn"));
        List<Stream> after = streams.of(context.accountRegion(), request.tableName()).stream()
                .filter(stream -> request.exclusiveStartStreamArn().isEmpty()
                        || stream.arn()
                                        .compareTo(request.exclusiveStartStreamArn()
                                                .get())
                                > 0)
                .toList();
        List<Stream> page = after.stream().limit(limit).toList();
        return ListStreamsOutput.builder()
                .streams(page.stream().map(ListStreams::shown).toList())
                .lastEvaluatedStreamArn(
                        page.size() < after.size() ? Optional.of(page.getLast().arn()) : Optional.empty())
                .build();
    }

    private static io.gramme.api.Stream shown(Stream stream) {
        return io.gramme.api.Stream.builder()
                .streamArn(stream.arn())
                .streamLabel(stream.label())
                .tableName(stream.table().name())
                .build();
    }
}
