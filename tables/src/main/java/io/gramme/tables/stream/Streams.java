package io.gramme.tables.stream;

import io.gramme.core.error.EncryptionErrors;
import io.gramme.core.error.StreamErrors;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The streams of all tables: the enabled ones, and those that ended less than a day ago. */
public final class Streams {
    private final Tables tables;

    public Streams(Tables tables) {
        this.tables = tables;
    }

    /** The streams of an account and region in the order of their ARNs; only those of one table if it is named. */
    public List<Stream> of(AccountRegion accountRegion, Optional<String> table) {
        Map<String, Stream> found = new TreeMap<>(Comparator.naturalOrder());
        tables.pastStreams().all().stream()
                .map(Stream::of)
                .filter(stream -> stream.table().accountRegion().equals(accountRegion))
                .forEach(stream -> found.put(stream.arn(), stream));
        // A stream that is just ending is found twice; the state from its table wins.
        tables.of(accountRegion).stream()
                .flatMap(one -> Stream.of(one).stream())
                .forEach(stream -> found.put(stream.arn(), stream));
        return found.values().stream()
                .filter(stream -> table.isEmpty() || stream.table().name().equals(table.get()))
                .toList();
    }

    /** Refuses to read a stream whose table's root key cannot be used. */
    void requireReadable(Stream stream) {
        if (tables.find(stream.table()).filter(Table::isInaccessible).isPresent()) {
            throw EncryptionErrors.keyAccessDenied();
        }
    }

    /** The stream with an ARN, if it is of this account and region. */
    public Stream find(AccountRegion accountRegion, String arn) {
        StreamArn.Names names = StreamArn.names(arn, "StreamArn");
        var table = new TableName(accountRegion, names.table());
        // A stream that is just ending is found twice; the state from its table wins.
        return tables.find(table)
                .flatMap(Stream::of)
                .filter(stream -> stream.label().equals(names.label()))
                .or(() -> tables.pastStreams().find(table, names.label()).map(Stream::of))
                // The ARN may name another account, region or partition of AWS.
                .filter(stream -> stream.arn().equals(arn))
                .orElseThrow(() -> StreamErrors.streamNotFound(arn));
    }
}
