package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import io.gramme.storage.cassandra.Records.Part;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Partitions that are written by conditional batches: each batch replaces the {@link Register} as it was read. Whether
 * a batch whose answer was lost took effect is always found out, or reported as unknown; it is never guessed.
 */
final class Partitions {
    static final byte ROW = 0;
    static final byte NOTE = 1;
    static final byte IMAGE = 2;

    /** The row of kind ROW that stands for the partition itself. */
    private static final ByteBuffer ITSELF = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Cql cql;
    private final Duration patience;
    private final QuorumKnownRegisters settled = new QuorumKnownRegisters();
    private final PreparedStatement read;
    private final PreparedStatement found;
    private final PreparedStatement begin;
    private final PreparedStatement change;
    private final PreparedStatement put;
    private final PreparedStatement putHeld;
    private final PreparedStatement retain;
    private final PreparedStatement retainAbsence;
    private final PreparedStatement delete;
    private final PreparedStatement hold;
    private final PreparedStatement release;
    private final PreparedStatement notes;
    private final PreparedStatement forgetNote;

    Partitions(Cql cql, CassandraOptions options) {
        this.cql = cql;
        this.patience = options.patience();
        String rows = options.keyspace() + ".rows";
        this.read = cql.prepare("SELECT sort, value, version, holder, intent, commits, stamp, held FROM " + rows
                + " WHERE place = ? AND kind = 0 AND sort IN ?");
        this.found = cql.prepare("INSERT INTO " + rows + " (place, kind, sort) VALUES (?, 0, ?)");
        this.begin = cql.prepare(
                "UPDATE " + rows + " SET commits = ?, stamp = ?, held = ? WHERE place = ? IF commits = null");
        this.change =
                cql.prepare("UPDATE " + rows + " SET commits = ?, stamp = ?, held = ? WHERE place = ? IF commits = ?");
        this.put = cql.prepare("INSERT INTO " + rows + " (place, kind, sort, value, version) VALUES (?, ?, ?, ?, ?)");
        this.retain = cql.prepare(
                "INSERT INTO " + rows + " (place, kind, sort, value, version) VALUES (?, 2, ?, ?, ?) USING TTL ?");
        this.retainAbsence =
                cql.prepare("INSERT INTO " + rows + " (place, kind, sort, version) VALUES (?, 2, ?, ?) USING TTL ?");
        this.putHeld = cql.prepare("UPDATE " + rows + " SET value = ?, version = ?, holder = null, intent = null"
                + " WHERE place = ? AND kind = 0 AND sort = ?");
        this.delete = cql.prepare("DELETE FROM " + rows + " WHERE place = ? AND kind = 0 AND sort = ?");
        this.hold = cql.prepare("INSERT INTO " + rows + " (place, kind, sort, holder, intent) VALUES (?, 0, ?, ?, ?)");
        this.release = cql.prepare(
                "UPDATE " + rows + " SET holder = null, intent = null WHERE place = ? AND kind = 0 AND sort = ?");
        this.notes = cql.prepare("SELECT sort, value, version FROM " + rows + " WHERE place = ? AND kind = 1");
        this.forgetNote =
                cql.prepare("DELETE FROM " + rows + " USING TIMESTAMP ? WHERE place = ? AND kind = 1 AND sort = ?");
    }

    QuorumKnownRegisters settled() {
        return settled;
    }

    /** Rows as of now: after every commit that any reader has seen or that was acknowledged. */
    PartitionView read(PlacedKey place, Collection<Bytes> sorts) {
        return readAll(List.of(new Part(place, List.copyOf(sorts)))).getFirst();
    }

    /** The same for many partitions at once; each is as of a moment of its own. */
    List<PartitionView> readAll(List<Part> parts) {
        List<Asked> asked = parts.stream().map(this::ask).toList();
        return asked.stream().map(this::answer).toList();
    }

    /** The same as one replica has them, which may be behind. */
    List<PartitionView> readAllEventually(List<Part> parts) {
        List<CompletableFuture<AsyncResultSet>> answers = parts.stream()
                .map(part -> cql.executeAsync(readStatement(part.place(), part.sorts()), Cql.ONE))
                .toList();
        return IntStream.range(0, parts.size())
                .mapToObj(i -> view(parts.get(i).place(), cql.await(answers.get(i))))
                .toList();
    }

    private record Asked(Part part, boolean serially, CompletableFuture<AsyncResultSet> answer) {}

    private Asked ask(Part part) {
        boolean serially = !settled.knows(part.place());
        BoundStatement statement = readStatement(part.place(), part.sorts());
        return new Asked(part, serially, cql.executeAsync(statement, serially ? Cql.SERIAL : Cql.QUORUM));
    }

    private PartitionView answer(Asked asked) {
        Part part = asked.part();
        PartitionView view = view(part.place(), cql.await(asked.answer()));
        if (asked.serially()) {
            settled.note(part.place(), view.register());
            return view;
        }
        return settled.is(view) ? view : readSerially(part.place(), part.sorts());
    }

    private PartitionView readSerially(PlacedKey place, Collection<Bytes> sorts) {
        PartitionView view = view(place, cql.execute(readStatement(place, sorts), Cql.SERIAL));
        settled.note(place, view.register());
        return view;
    }

    private BoundStatement readStatement(PlacedKey place, Collection<Bytes> sorts) {
        var names = new ArrayList<ByteBuffer>(sorts.size() + 1);
        names.add(ITSELF);
        sorts.forEach(sort -> names.add(buffer(sort)));
        // One page, since each page is as of its own moment.
        return read.bind(place.buffer(), names).setPageSize(names.size() + 1);
    }

    private static PartitionView view(PlacedKey place, AsyncResultSet rows) {
        var register = Register.NONE;
        Map<Bytes, Cell> cells = new HashMap<>();
        for (Row row : rows.currentPage()) {
            register = register(row);
            Bytes sort = bytes(row.getByteBuffer("sort"));
            if (!sort.isEmpty()) {
                cells.put(sort, cell(row));
            }
        }
        return new PartitionView(place, register, cells);
    }

    private static Register register(Row row) {
        return new Register(bytes(row.getByteBuffer("commits")), row.getLong("stamp"), row.getInt("held"));
    }

    static Cell cell(Row row) {
        Optional<Bytes> value = Optional.ofNullable(row.getByteBuffer("value")).map(Partitions::bytes);
        Optional<Intent> intent = Optional.ofNullable(row.getByteBuffer("holder"))
                .map(holder -> Intent.decode(bytes(holder), bytes(row.getByteBuffer("intent"))));
        return new Cell(value, row.getLong("version"), intent);
    }

    static Bytes bytes(@Nullable ByteBuffer stored) {
        if (stored == null) {
            return Bytes.EMPTY;
        }
        byte[] content = new byte[stored.remaining()];
        stored.duplicate().get(content);
        return Bytes.wrap(content);
    }

    static PlacedKey place(Row row) {
        return new PlacedKey(bytes(row.getByteBuffer("place")));
    }

    static ByteBuffer buffer(Bytes bytes) {
        return ByteBuffer.wrap(bytes.shared());
    }

    static long newCommit() {
        return ThreadLocalRandom.current().nextLong();
    }

    /**
     * Makes these changes if the register is unchanged since it was read.
     *
     * @return whether they were made; if not, they never will be
     * @throws StorageException if that cannot be found out
     */
    boolean commit(PartitionView base, long commit, long version, List<RowChange> changes) {
        try {
            boolean applied = cql.await(cql.beginConditional(batch(base, commit, version, changes)))
                    .wasApplied();
            if (applied) {
                settled.note(base.place(), base.register().after(commit, version, 0));
            }
            return applied;
        } catch (StorageException e) {
            return wasMade(base, commit, e);
        }
    }

    private BatchStatement batch(PartitionView base, long commit, long version, List<RowChange> changes) {
        int held = 0;
        ByteBuffer place = base.place().buffer();
        BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.LOGGED);
        for (RowChange next : changes) {
            held += held(base, next);
            batch.addStatement(statement(place, version, next, base));
        }
        if (base.register().isNew()) {
            batch.addStatement(found.bind(place, ITSELF));
        }
        batch.addStatement(condition(base, commit, version, held));
        return batch.build();
    }

    private static int held(PartitionView base, RowChange next) {
        return switch (next) {
            case RowChange.Hold _ -> 1;
            case RowChange.Release _ -> -1;
            case RowChange.Put put -> base.cell(put.sort()).intent().isPresent() ? -1 : 0;
            case RowChange.Delete(var sort) -> base.cell(sort).intent().isPresent() ? -1 : 0;
            case RowChange.Retain _, RowChange.Note _ -> 0;
        };
    }

    private BoundStatement condition(PartitionView base, long commit, long version, int newlyHeld) {
        Register after = base.register().after(commit, version, newlyHeld);
        ByteBuffer commits = buffer(after.commits());
        ByteBuffer place = base.place().buffer();
        return base.register().isNew()
                ? begin.bind(commits, after.stamp(), after.held(), place)
                : change.bind(
                        commits,
                        after.stamp(),
                        after.held(),
                        place,
                        buffer(base.register().commits()));
    }

    private BoundStatement statement(ByteBuffer place, long version, RowChange next, PartitionView base) {
        return switch (next) {
            case RowChange.Put(var sort, var value) ->
                base.cell(sort).intent().isPresent()
                        ? putHeld.bind(buffer(value), version, place, buffer(sort))
                        : put.bind(place, ROW, buffer(sort), buffer(value), version);
            case RowChange.Delete(var sort) -> delete.bind(place, buffer(sort));
            case RowChange.Hold(var sort, var intent) ->
                hold.bind(place, buffer(sort), buffer(intent.holder()), buffer(intent.encode()));
            case RowChange.Release(var sort) ->
                base.cell(sort).value().isPresent()
                        ? release.bind(place, buffer(sort))
                        : delete.bind(place, buffer(sort));
            case RowChange.Retain(var image) -> retain(place, version, image);
            case RowChange.Note(long commit, var effects) ->
                put.bind(place, NOTE, noteSort(commit), buffer(effects.encode()), version);
        };
    }

    /** An absent value is not written: a null would be a tombstone. */
    private BoundStatement retain(ByteBuffer place, long version, Image image) {
        ByteBuffer sort = buffer(ImageKey.of(image.key().sort(), version));
        return image.before()
                .map(value -> retain.bind(place, sort, buffer(value), version, image.seconds()))
                .orElseGet(() -> retainAbsence.bind(place, sort, version, image.seconds()));
    }

    private static ByteBuffer noteSort(long commit) {
        return buffer(Bytes.ofLong(commit));
    }

    /** Finds out the fate of a commit without an answer. */
    private boolean wasMade(PartitionView base, long commit, StorageException why) {
        var backoff = new Backoff(patience);
        do {
            try {
                Register now = readSerially(base.place(), List.of()).register();
                if (now.has(commit)) {
                    return true;
                }
                if (!now.isSame(base.register())) {
                    // Another commit replaced the register that it wanted to replace: it can no longer take effect.
                    if (now.remembersSince(base.register())) {
                        return false;
                    }
                    break;
                }
                if (fence(base)) {
                    return false;
                }
            } catch (StorageException e) {
                why.addSuppressed(e);
            }
        } while (backoff.pause());
        throw new StorageException("the outcome of a write is unknown: place=" + base.place(), why);
    }

    /**
     * Replaces the register by one that changes nothing else, so that a writer that has read the old one can no longer
     * commit, however slow it is.
     */
    boolean fence(PartitionView base) {
        return cql.await(cql.beginConditional(
                        batch(base, newCommit(), base.register().stamp(), List.of())))
                .wasApplied();
    }

    /** The effects of a commit that are still to be delivered. */
    record NoteRow(long commit, long version, Effects effects) {}

    List<NoteRow> notes(PlacedKey place) {
        return cql.rows(notes.bind(place.buffer()), Cql.SERIAL).stream()
                .map(row -> new NoteRow(
                        bytes(row.getByteBuffer("sort")).longAt(0),
                        row.getLong("version"),
                        Effects.decode(bytes(row.getByteBuffer("value")))))
                .toList();
    }

    /**
     * Deletes a note whose effects have been delivered. A plain write, which is safe on this kind of row alone: it is
     * written once and never again, so the deletion may be stamped after the time of the conditional write, on any
     * clock.
     */
    CompletableFuture<AsyncResultSet> forget(PlacedKey place, NoteRow note) {
        long beyond = note.version() + Duration.ofDays(1).toNanos() / 1000;
        return cql.executeAsync(forgetNote.bind(beyond, place.buffer(), noteSort(note.commit())), Cql.QUORUM);
    }
}
