package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The records of transactions over several partitions. A record decides the fate of everything that its transaction
 * holds; a transaction without a record is finished, or never begins.
 */
final class Records {
    enum State {
        PENDING(0),
        COMMITTED(1),
        ABORTED(2);

        private final byte code;

        State(int code) {
            this.code = (byte) code;
        }

        private static State of(byte code) {
            return Arrays.stream(values())
                    .filter(state -> state.code == code)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * The rows that a transaction holds in one partition.
     *
     * @param kept the rows whose images it leaves, with the seconds to keep them. The image is what is found in the row
     *     when it is written: nothing else can change it while it is held
     * @param images those that differ from what is found in the row
     */
    record Part(PlacedKey place, List<Bytes> sorts, Map<Bytes, Integer> kept, Map<Bytes, Bytes> images) {
        Part {
            sorts = List.copyOf(sorts);
            kept = Map.copyOf(kept);
            images = Map.copyOf(images);
        }

        /** Without images. */
        Part(PlacedKey place, List<Bytes> sorts) {
            this(place, sorts, Map.of(), Map.of());
        }
    }

    /**
     * @param deadline when others may abort it, in milliseconds since 1970
     * @param version of all that it writes, once it is committed
     */
    record Transaction(Bytes id, State state, long deadline, long version, List<Part> parts, Effects effects) {
        Transaction {
            parts = List.copyOf(parts);
        }

        /** The id as that of a commit. */
        long commit() {
            return id.longAt(0);
        }
    }

    /** How long a decision of other servers is kept for the transaction's own server, which may come back and ask. */
    private static final int KEPT_SECONDS = (int) Duration.ofDays(1).toSeconds();

    private final Cql cql;
    private final Duration patience;
    private final PreparedStatement begin;
    private final PreparedStatement ban;
    private final PreparedStatement retire;
    private final PreparedStatement decide;
    private final PreparedStatement read;
    private final PreparedStatement forget;

    Records(Cql cql, CassandraOptions options) {
        this.cql = cql;
        this.patience = options.patience();
        String table = options.keyspace() + ".transactions";
        // UPDATE throughout: a row made by INSERT outlives the last of its columns.
        this.begin = cql.prepare("UPDATE " + table
                + " SET state = 0, deadline = ?, version = 0, parts = ?, effects = ? WHERE id = ? IF state = null");
        this.ban = cql.prepare("UPDATE " + table + " USING TTL " + KEPT_SECONDS
                + " SET state = 2, deadline = 0, version = 0 WHERE id = ? IF state = null");
        this.retire = cql.prepare("UPDATE " + table + " USING TTL " + KEPT_SECONDS
                + " SET state = 1, deadline = 0, version = ?, parts = null, effects = null WHERE id = ? IF state = 1");
        this.decide = cql.prepare("UPDATE " + table + " SET state = ?, version = ? WHERE id = ? IF state = 0");
        this.read = cql.prepare("SELECT state, deadline, version, parts, effects FROM " + table + " WHERE id = ?");
        this.forget = cql.prepare("DELETE FROM " + table + " USING TIMESTAMP ? WHERE id = ?");
    }

    /** Writes the record; returns whether the transaction may go on: if not, others have found it late. */
    boolean begin(Bytes id, long deadline, List<Part> parts, Effects effects) {
        ByteBuffer encodedParts = Partitions.buffer(encode(parts));
        ByteBuffer encodedEffects = Partitions.buffer(effects.encode());
        return bring(
                id, State.PENDING, () -> begin.bind(deadline, encodedParts, encodedEffects, Partitions.buffer(id)));
    }

    /** Decides the fate of a transaction; returns whether its state is now the wanted one. */
    boolean decide(Bytes id, State state, long version) {
        return bring(id, state, () -> decide.bind(state.code, version, Partitions.buffer(id)));
    }

    /** Repeats a conditional write, which is idempotent. */
    private boolean bring(Bytes id, State wanted, Supplier<BoundStatement> write) {
        var backoff = new Backoff(patience);
        StorageException last;
        do {
            try {
                return cql.await(cql.beginConditional(write.get())).wasApplied()
                        || read(id).filter(now -> now.state() == wanted).isPresent();
            } catch (StorageException e) {
                last = e;
            }
        } while (backoff.pause());
        throw new StorageException("the outcome of a transaction is unknown: id=" + id, last);
    }

    /** Makes sure that a transaction without a record never gets one. */
    boolean ban(Bytes id) {
        return cql.await(cql.beginConditional(ban.bind(Partitions.buffer(id)))).wasApplied();
    }

    /**
     * Reduces a committed transaction to its commit, and keeps that for a day: its server may still be trying to find
     * it out.
     */
    void retire(Transaction committed) {
        cql.await(cql.beginConditional(retire.bind(committed.version(), Partitions.buffer(committed.id()))));
    }

    Optional<Transaction> read(Bytes id) {
        return cql.rows(read.bind(Partitions.buffer(id)), Cql.SERIAL).stream()
                .findFirst()
                .map(row -> transaction(id, row));
    }

    private static Transaction transaction(Bytes id, Row row) {
        ByteBuffer effects = row.getByteBuffer("effects");
        return new Transaction(
                id,
                State.of(row.getByte("state")),
                row.getLong("deadline"),
                row.getLong("version"),
                decode(Partitions.bytes(row.getByteBuffer("parts"))),
                effects == null ? Effects.NONE : Effects.decode(Partitions.bytes(effects)));
    }

    /**
     * Deletes the record of a transaction that holds nothing any more. A plain write with a stamp beyond every
     * conditional one: nothing is written to a record's row after it.
     */
    CompletableFuture<AsyncResultSet> forget(Bytes id, long now) {
        return cql.executeAsync(
                forget.bind(now + Duration.ofDays(1).toNanos() / 1000, Partitions.buffer(id)), Cql.QUORUM);
    }

    private static Bytes encode(List<Part> parts) {
        var out = new Effects.Output().number(parts.size());
        for (Part part : parts) {
            out.bytes(part.place().bytes()).number(part.sorts().size());
            part.sorts().forEach(out::bytes);
        }
        // Not where there are none: then servers from before images read it, too.
        if (parts.stream().anyMatch(part -> !part.kept().isEmpty())) {
            for (Part part : parts) {
                out.number(part.kept().size());
                part.kept().forEach((sort, seconds) -> out.bytes(sort).number(seconds));
            }
        }
        // Only those of sealed rows: then there are those above, too.
        if (parts.stream().anyMatch(part -> !part.images().isEmpty())) {
            for (Part part : parts) {
                out.number(part.images().size());
                part.images().forEach((sort, image) -> out.bytes(sort).bytes(image));
            }
        }
        return out.toBytes();
    }

    private static Part withKept(Part part, Effects.Input in) {
        Map<Bytes, Integer> kept = new HashMap<>();
        for (int i = in.number(); i > 0; i--) {
            kept.put(in.bytes(), in.number());
        }
        return new Part(part.place(), part.sorts(), kept, Map.of());
    }

    private static Part withImages(Part part, Effects.Input in) {
        Map<Bytes, Bytes> images = new HashMap<>();
        for (int i = in.number(); i > 0; i--) {
            images.put(in.bytes(), in.bytes());
        }
        return new Part(part.place(), part.sorts(), part.kept(), images);
    }

    private static List<Part> decode(Bytes stored) {
        if (stored.isEmpty()) {
            return List.of();
        }
        var in = new Effects.Input(stored);
        var parts = new ArrayList<Part>();
        for (int i = in.number(); i > 0; i--) {
            var place = new PlacedKey(in.bytes());
            var sorts = new ArrayList<Bytes>();
            for (int j = in.number(); j > 0; j--) {
                sorts.add(in.bytes());
            }
            parts.add(new Part(place, sorts));
        }
        if (!in.isAtEnd()) {
            parts.replaceAll(part -> withKept(part, in));
        }
        if (!in.isAtEnd()) {
            parts.replaceAll(part -> withImages(part, in));
        }
        return parts;
    }
}
