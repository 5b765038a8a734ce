package io.gramme.cli;

import io.gramme.cli.PutLanes.Position;
import io.gramme.core.item.Item;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.format.ImportRecord;
import io.gramme.transfer.format.ItemReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the records of files, one file after the other, and puts them into lanes. One thread runs it; others look on. */
final class ImportRun {
    private final List<ImportInput> inputs;
    private final InputStream standard;
    private final PutLanes lanes;
    private final ImportTally tally;
    private volatile Position next;

    /** Of the inputs before the one that is read. */
    private long earlierBytes;

    private volatile long bytes;
    private volatile boolean stopping;
    private volatile boolean complete;
    private volatile Optional<String> failure = Optional.empty();

    /** @param begin the first record to read */
    ImportRun(List<ImportInput> inputs, InputStream standard, Position begin, PutLanes lanes, ImportTally tally) {
        this.inputs = inputs;
        this.standard = standard;
        this.next = begin;
        this.lanes = lanes;
        this.tally = tally;
    }

    /** Reads until the end, until it is stopped, or until there are too many errors; then writes what was read. */
    void run() {
        try {
            boolean whole = true;
            while (whole && next.file() < inputs.size()) {
                whole = read(inputs.get(next.file()));
                if (whole) {
                    earlierBytes = bytes;
                    next = new Position(next.file() + 1, 0);
                }
            }
            lanes.finish();
            complete = whole;
        } catch (IOException | BucketException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e.toString());
        } catch (InterruptedException _) {
            stopping = true;
        } finally {
            lanes.close();
        }
    }

    /** @return whether the input was read to its end */
    private boolean read(ImportInput input) throws IOException, InterruptedException {
        try (ItemReader reader = input.open(standard, next.record())) {
            while (!stopping && !tally.hasTooManyErrors()) {
                Optional<ImportRecord> record = reader.next();
                bytes = earlierBytes + reader.storedBytes();
                if (record.isEmpty()) {
                    return true;
                }
                take(record.get(), place(input, record.get(), reader.line()));
                next = new Position(next.file(), record.get().index() + 1);
            }
            return false;
        }
    }

    private void take(ImportRecord record, String place) throws IOException, InterruptedException {
        var position = new Position(next.file(), record.index());
        switch (record) {
            case ImportRecord.Valid(long _, Item item) -> lanes.put(new PutLanes.Line(position, place, item));
            case ImportRecord.Conditional(long _, Item item, var _) ->
                lanes.put(new PutLanes.Line(position, place, item));
            case ImportRecord.Invalid(long _, String message) -> tally.refused(place, message);
            case ImportRecord.Unreadable(long _, String message) -> tally.refused(place, message);
        }
    }

    private static String place(ImportInput input, ImportRecord record, OptionalLong line) {
        return line.isPresent()
                ? input.name() + ":" + line.getAsLong()
                : input.name() + ", record " + (record.index() + 1);
    }

    void stop() {
        stopping = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** Why it ended early, if that was a failure. */
    Optional<String> failure() {
        return failure;
    }

    /** The bytes of files that were read. */
    long bytes() {
        return bytes;
    }

    /** Where a repeated import has to begin: all records before it are written or were reported. */
    Position resume() {
        Position read = next;
        return lanes.oldest().filter(oldest -> oldest.compareTo(read) < 0).orElse(read);
    }

    /** A position as {@code --resume-from} has it. */
    String text(Position position) {
        return position.file() < inputs.size()
                ? inputs.get(position.file()).name() + ":" + (position.record() + 1)
                : "";
    }
}
