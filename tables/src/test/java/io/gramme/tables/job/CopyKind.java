package io.gramme.tables.job;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Copies the rows of one tablespace to another, a few in a step. */
final class CopyKind implements JobKind {
    static final String NAME = "COPY";
    static final TablespaceId SOURCE = new TablespaceId(1);
    private static final Budget ALL = new Budget(100_000, 1L << 30);

    private final RowStore store;
    private final int rows;

    /** What goes wrong with a step, by the table of its job. */
    final Map<String, RuntimeException> faults = new HashMap<>();

    final Map<String, String> failures = new HashMap<>();
    final Map<String, String> obsolete = new HashMap<>();
    final List<String> abandoned = new ArrayList<>();

    /** @param rows in a step at most */
    CopyKind(RowStore store, int rows) {
        this.store = store;
        this.rows = rows;
    }

    /** @param table tells this job from others */
    static Job job(String table, int parts, Instant now) {
        var subject = new Job.Subject("000000000000", "us-east-1", table, "id of " + table, Optional.empty());
        List<Job.Range> ranges = IntStream.range(0, parts)
                .mapToObj(part -> HashRange.segment(SOURCE, 1, part, parts))
                .map(range -> new Job.Range(range.from(), range.to()))
                .toList();
        return Job.of(NAME, subject, table, ranges, now);
    }

    static void fill(RowStore store, int howMany) {
        List<Write> puts = IntStream.range(0, howMany)
                .<Write>mapToObj(number -> new Write.Put(key(SOURCE, Bytes.of(number)), Bytes.of(number)))
                .toList();
        Set<RowKey> keys = puts.stream().map(Write::key).collect(Collectors.toSet());
        store.transact(keys, _ -> new Outcome<>(puts, true));
    }

    private static RowKey key(TablespaceId tablespace, Bytes partition) {
        return new RowKey(new PartitionKey(tablespace, partition), Bytes.of(1));
    }

    /** The tablespace of a job's copies. */
    private static TablespaceId target(Job job) {
        return new TablespaceId(2 + Math.floorMod(job.id().hashCode(), 1_000_000));
    }

    static Set<Bytes> copied(RowStore store, Job job) {
        return values(store, target(job));
    }

    static Set<Bytes> source(RowStore store) {
        return values(store, SOURCE);
    }

    private static Set<Bytes> values(RowStore store, TablespaceId tablespace) {
        return store.sweep(HashRange.whole(tablespace, 1), ALL, Consistency.STRONG).rows().stream()
                .map(Row::value)
                .collect(Collectors.toSet());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Step step(Job job, Job.Part part, int mostItems) throws JobFailedException {
        String table = job.subject().table();
        if (faults.containsKey(table)) {
            throw faults.get(table);
        }
        if (failures.containsKey(table)) {
            throw new JobFailedException(failures.get(table));
        }
        if (obsolete.containsKey(table)) {
            return new Step.Obsolete(obsolete.get(table));
        }
        var range = new HashRange(
                SOURCE, 1, part.range().from(), part.range().to(), part.cursor().map(reached -> key(SOURCE, reached)));
        Page page = store.sweep(range, new Budget(Math.min(rows, mostItems), 1 << 20), Consistency.STRONG);
        for (Row row : page.rows()) {
            RowKey copy = key(target(job), row.key().partition().key());
            store.transact(Set.of(copy), _ -> new Outcome<>(List.of(new Write.Put(copy, row.value())), true));
        }
        var processed = new Job.Counters(page.rows().size(), page.rows().size(), 0);
        return page.exhausted() || page.rows().isEmpty()
                ? new Step.Done(processed)
                : new Step.Advanced(page.rows().getLast().key().partition().key(), processed);
    }

    @Override
    public Ending finish(Job job) {
        if (copied(store, job).size() < source(store).size()) {
            throw new StorageException("a job ends before its work is done");
        }
        return new Ending.Complete();
    }

    @Override
    public void abandon(Job job) {
        abandoned.add(job.subject().table());
    }
}
