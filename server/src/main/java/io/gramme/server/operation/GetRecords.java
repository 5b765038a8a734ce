package io.gramme.server.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.GetRecordsInput;
import io.gramme.api.GetRecordsOutput;
import io.gramme.api.Identity;
import io.gramme.api.OperationType;
import io.gramme.api.Record;
import io.gramme.api.StreamRecord;
import io.gramme.api.StreamViewType;
import io.gramme.core.error.StreamErrors;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.server.log.Cause;
import io.gramme.server.log.ChangeRecord;
import io.gramme.server.log.LogEntry;
import io.gramme.server.stream.SequenceNumber;
import io.gramme.server.stream.ShardIterator;
import io.gramme.server.stream.Stream;
import io.gramme.server.stream.StreamReader;
import io.gramme.server.table.TableLog.Images;
import io.gramme.storage.VersionClock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** GetRecords: the next records of a shard, and where to go on. */
public final class GetRecords implements Handler<GetRecordsInput, GetRecordsOutput> {
    private static final int MAX = 1_000;

    /** As the API model spells it. In the guide its members are in lower case, as they are in the events of functions. */
    private static final Identity SERVICE = Identity.builder()
            .type("Service")
            .principalId("dynamodb.amazonaws.com")
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
        StreamReader.Entries read = reader.read(context.world(), iterator, limit);
        return GetRecordsOutput.builder()
                .records(read.entries().stream()
                        .map(entry -> record(read.stream(), entry))
                        .toList())
                .nextShardIterator(read.next().map(ShardIterator::encode))
                .build();
    }

    /** A record as the view of its stream shows it. */
    private static Record record(Stream stream, LogEntry entry) {
        ChangeRecord change = entry.change();
        String number = SequenceNumber.of(entry.position());
        Images images = stream.view().images();
        Optional<Item> before = change.before().filter(_ -> images.before());
        Optional<Item> after = change.after().filter(_ -> images.after());
        return Record.builder()
                .eventID(id(stream, number))
                .eventName(OperationType.valueOf(change.event().name()))
                .eventVersion("1.1")
                .eventSource("aws:dynamodb")
                .awsRegion(stream.table().world().region())
                .userIdentity(identity(change.cause()))
                .dynamodb(StreamRecord.builder()
                        .approximateCreationDateTime(
                                VersionClock.timeOf(entry.position().version()).truncatedTo(ChronoUnit.SECONDS))
                        .keys(change.keys())
                        .oldImage(before)
                        .newImage(after)
                        .sequenceNumber(number)
                        .sizeBytes((long) ItemSize.of(change.keys()) + size(before) + size(after))
                        .streamViewType(StreamViewType.valueOf(stream.view().name()))
                        .transactionId(transaction(entry))
                        .build())
                .build();
    }

    private static long size(Optional<Item> image) {
        return image.map(ItemSize::of).orElse(0);
    }

    /** The same record has the same id, whoever reads it, and however often. */
    private static String id(Stream stream, String number) {
        return UUID.nameUUIDFromBytes((stream.arn() + "/" + number).getBytes(UTF_8))
                .toString()
                .replace("-", "");
    }

    private static Optional<Identity> identity(Cause cause) {
        return switch (cause) {
            case TIME_TO_LIVE -> Optional.of(SERVICE);
            case CLIENT, TRANSACTION, REPLICATION -> Optional.empty();
        };
    }

    /** What a transaction wrote was written with one version, and by no other: so that names it. */
    private static Optional<String> transaction(LogEntry entry) {
        return entry.change().cause() == Cause.TRANSACTION
                ? Optional.of(Long.toString(entry.position().version()))
                : Optional.empty();
    }
}
