package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.gramme.storage.Append;
import io.gramme.storage.LogPosition;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Delivers the effects of a commit to other partitions and logs. Every write is stamped with the version of the commit,
 * so that several servers may deliver it, more than once, and in any order.
 */
final class Delivery {
    private final Cql cql;
    private final TokenExtents extents;
    private final LogTables logs;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement retain;
    private final PreparedStatement retainAbsence;

    Delivery(Cql cql, CassandraOptions options, TokenExtents extents, LogTables logs) {
        this.cql = cql;
        this.extents = extents;
        this.logs = logs;
        String rows = options.keyspace() + ".rows";
        this.put = cql.prepare("INSERT INTO " + rows
                + " (place, kind, sort, value, version) VALUES (?, 0, ?, ?, ?) USING TIMESTAMP ?");
        this.delete =
                cql.prepare("DELETE FROM " + rows + " USING TIMESTAMP ? WHERE place = ? AND kind = 0 AND sort = ?");
        this.retain = cql.prepare("INSERT INTO " + rows
                + " (place, kind, sort, value, version) VALUES (?, 2, ?, ?, ?) USING TIMESTAMP ? AND TTL ?");
        this.retainAbsence = cql.prepare("INSERT INTO " + rows
                + " (place, kind, sort, version) VALUES (?, 2, ?, ?) USING TIMESTAMP ? AND TTL ?");
    }

    /**
     * @param commit an id of the commit. Servers may assign the same version to commits in different partitions, whose
     *     records may go to one log: the id distinguishes them there
     */
    void deliver(Effects effects, long version, long commit) {
        var under = new ArrayList<CompletableFuture<?>>();
        Map<RowKey, Image> images = effects.images().stream().collect(Collectors.toMap(Image::key, image -> image));
        for (Write write : effects.writes()) {
            PartitionKey partition = write.key().partition();
            under.add(extents.note(partition)
                    .thenCompose(_ -> begin(write, Optional.ofNullable(images.get(write.key())), version)));
        }
        for (int i = 0; i < effects.appends().size(); i++) {
            Append append = effects.appends().get(i);
            under.add(logs.append(append, new LogPosition(version, Effects.place(commit, i))));
        }
        cql.awaitAll(under);
    }

    /** A row and its image appear at once: they are one mutation, since they are in one partition. */
    private CompletableFuture<AsyncResultSet> begin(Write write, Optional<Image> image, long version) {
        PlacedKey place = PlacedKey.of(write.key().partition());
        BoundStatement statement = switch (write) {
            case Write.Put(var key, var value) ->
                put.bind(place.buffer(), Partitions.buffer(key.sort()), Partitions.buffer(value), version, version);
            case Write.Delete(var key) -> delete.bind(version, place.buffer(), Partitions.buffer(key.sort()));
        };
        if (image.isEmpty()) {
            return cql.executeAsync(statement, Cql.QUORUM);
        }
        var batch = BatchStatement.builder(DefaultBatchType.UNLOGGED)
                .addStatement(statement)
                .addStatement(retention(place, image.get(), version))
                .build();
        return cql.executeAsync(batch, Cql.QUORUM);
    }

    private BoundStatement retention(PlacedKey place, Image image, long version) {
        ByteBuffer sort = Partitions.buffer(ImageKey.of(image.key().sort(), version));
        return image.before()
                .map(value ->
                        retain.bind(place.buffer(), sort, Partitions.buffer(value), version, version, image.seconds()))
                .orElseGet(() -> retainAbsence.bind(place.buffer(), sort, version, version, image.seconds()));
    }
}
