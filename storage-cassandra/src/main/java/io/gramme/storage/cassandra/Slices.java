package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Direction;
import io.gramme.storage.Range;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The queries for slices of the rows of one kind: in one partition, or in all partitions between two tokens. Ranges are
 * those of the callers' sort bytes.
 */
final class Slices {
    private static final Bytes FIRST_SORT = Bytes.of(0);

    private final UnaryOperator<Bytes> bound;
    private final PreparedStatement forward;
    private final PreparedStatement forwardTo;
    private final PreparedStatement backward;
    private final PreparedStatement backwardTo;
    private final PreparedStatement run;
    private final PreparedStatement runTo;
    private final PreparedStatement places;

    /** @param bound the stored sort bytes at which a range begins or ends */
    private Slices(Cql cql, CassandraOptions options, String columns, byte kind, UnaryOperator<Bytes> bound) {
        this.bound = bound;
        String rows = options.keyspace() + ".rows";
        String select = "SELECT place, sort, value, version" + columns + " FROM " + rows + " WHERE ";
        String one = select + "place = ? AND kind = " + kind + " AND sort >= ?";
        this.forward = cql.prepare(one);
        this.forwardTo = cql.prepare(one + " AND sort < ?");
        this.backward = cql.prepare(one + " ORDER BY kind DESC, sort DESC");
        this.backwardTo = cql.prepare(one + " AND sort < ? ORDER BY kind DESC, sort DESC");
        String many = select + "token(place) >= ? AND token(place) <= ? AND kind = " + kind + " AND sort >= ?";
        this.run = cql.prepare(many + " ALLOW FILTERING");
        this.runTo = cql.prepare(many + " AND sort < ? ALLOW FILTERING");
        this.places =
                cql.prepare("SELECT DISTINCT place FROM " + rows + " WHERE token(place) >= ? AND token(place) <= ?");
    }

    static Slices ofRows(Cql cql, CassandraOptions options) {
        // Without the row that stands for the partition itself.
        return new Slices(
                cql, options, ", holder, intent, commits", Partitions.ROW, sort -> sort.isEmpty() ? FIRST_SORT : sort);
    }

    static Slices ofImages(Cql cql, CassandraOptions options) {
        return new Slices(cql, options, "", Partitions.IMAGE, ImageKey::begin);
    }

    BoundStatement scan(PlacedKey place, Range range, Direction direction) {
        return switch (direction) {
            case FORWARD -> slice(forward, forwardTo, place, range);
            case BACKWARD -> slice(backward, backwardTo, place, range);
        };
    }

    private BoundStatement slice(PreparedStatement open, PreparedStatement ended, PlacedKey place, Range range) {
        return end(range)
                .map(end -> ended.bind(place.buffer(), begin(range), Partitions.buffer(end)))
                .orElseGet(() -> open.bind(place.buffer(), begin(range)));
    }

    /** Rows of the partitions between two tokens, both included. */
    BoundStatement run(long first, long last, Range range) {
        return end(range)
                .map(end -> runTo.bind(first, last, begin(range), Partitions.buffer(end)))
                .orElseGet(() -> run.bind(first, last, begin(range)));
    }

    private ByteBuffer begin(Range range) {
        return Partitions.buffer(bound.apply(range.from()));
    }

    private Optional<Bytes> end(Range range) {
        return range.to().map(bound);
    }

    /** The partitions with a token, rows of any kind in them. */
    BoundStatement places(long token) {
        return places.bind(token, token);
    }
}
