package io.gramme.tables.insight;

import io.gramme.core.error.ApiException;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.Consistency;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.capacity.Units;
import io.gramme.tables.insight.SpaceSaving.Estimate;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Change.EntryChange;
import io.gramme.tables.item.KeyUse;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.Insights;
import io.gramme.tables.table.Insights.Rule;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of Contributor Insights have counted on this server since it began, for a day at most. Its pass forgets
 * what is too old, or belongs to no rule any more. Safe for use by many threads.
 */
public final class TopKeys implements KeyUse, BackgroundJob.Pass {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int SECONDS_IN_MINUTE = 60;
    private static final long MOST_BYTES = 64L << 20;
    private static final int PART_OF_HEAP = 16;

    /** What a write unit weighs in comparison with a read unit (developer guide). */
    private static final int WRITE_WEIGHT = 3;

    private final Tables tables;
    private final InstantSource clock;
    private final KeyMemory memory;
    private final Map<Counted, KeyHistory> histories = new ConcurrentHashMap<>();

    /** A rule of a table or index, from the time at which it was enabled. */
    private record Counted(TablespaceId tablespace, Rule rule, Instant created) {}

    /**
     * A key and what it weighs.
     *
     * @param value units, or throttled requests: not too low
     * @param error by how much it may be too high
     */
    public record Contributor(Item key, double value, double error) {}

    /**
     * What a rule has counted.
     *
     * @param attributes the names of the key attributes that it distinguishes
     * @param contributors the highest first
     * @param total of all keys
     */
    public record Report(Rule rule, List<String> attributes, List<Contributor> contributors, double total) {}

    /** @param mostBytes that the keys of earlier minutes take, by estimate */
    public TopKeys(Tables tables, InstantSource clock, long mostBytes) {
        this.tables = tables;
        this.clock = clock;
        this.memory = new KeyMemory(mostBytes);
    }

    /** The bytes for keys of earlier minutes within this heap. */
    public static long bytesOf(long heap) {
        return Math.min(MOST_BYTES, heap / PART_OF_HEAP);
    }

    private long minute() {
        return Math.floorDiv(clock.instant().getEpochSecond(), SECONDS_IN_MINUTE);
    }

    /** A table or a global index: what is counted of it, and its key. */
    private record Place(TablespaceId tablespace, KeySchema key, Insights insights) {}

    private static @Nullable Place place(Table table, Optional<SecondaryIndex> index) {
        Optional<SecondaryIndex> global = index.filter(one -> !one.isLocal());
        TablespaceId tablespace = global.map(SecondaryIndex::tablespace).orElse(table.tablespace());
        Insights insights = table.settings().insights().get(tablespace);
        if (insights == null || !insights.isActive()) {
            return null;
        }
        return new Place(tablespace, global.map(one -> one.index().key()).orElse(table.key()), insights);
    }

    @Override
    public void read(ReadTarget target, Item key, long bytes, Consistency consistency, Factor factor) {
        count(place(target.table(), target.index()), key, true, factor.times() * Units.ofRead(bytes, consistency));
    }

    @Override
    public void readRefused(ReadTarget target, Item key, ApiException refusal) {
        count(place(target.table(), target.index()), key, false, 1);
    }

    @Override
    public void written(Change change, Factor factor) {
        Table table = change.table();
        long ofTable = factor.times() * Units.ofWrite(change.largerSize());
        for (EntryChange entry : change.entries()) {
            if (entry.index().isLocal()) {
                ofTable += Units.ofEntry(entry);
            } else {
                written(place(table, Optional.of(entry.index())), entry);
            }
        }
        Optional<Item> key = item(change);
        if (key.isPresent()) {
            count(place(table, Optional.empty()), key.get(), true, WRITE_WEIGHT * ofTable);
        }
    }

    private void written(@Nullable Place place, EntryChange entry) {
        if (place == null) {
            return;
        }
        if (entry.moved()) {
            entry.before().ifPresent(item -> count(place, item, true, weight(Change.size(entry.before()))));
            entry.after().ifPresent(item -> count(place, item, true, weight(Change.size(entry.after()))));
            return;
        }
        entry.after()
                .or(entry::before)
                .ifPresent(item -> count(place, item, true, WRITE_WEIGHT * Units.ofEntry(entry)));
    }

    private static long weight(long bytes) {
        return WRITE_WEIGHT * Units.ofWrite(bytes);
    }

    /** The item after the write, or before it if it was deleted; empty if a delete found none. */
    private static Optional<Item> item(Change change) {
        return change.after().or(change::before);
    }

    /** Counts a write against the table or the indexes that have refused it. */
    @Override
    public void writeRefused(Change change, ApiException refusal) {
        Table table = change.table();
        for (EntryChange entry : change.entries()) {
            String arn = table.arn() + "/index/" + entry.index().name();
            if (refusal.throttling().stream()
                    .anyMatch(reason -> reason.resource().equals(arn))) {
                Place place = place(table, Optional.of(entry.index()));
                entry.after().or(entry::before).ifPresent(item -> count(place, item, false, 1));
            }
        }
        boolean ofTable = refusal.throttling().isEmpty()
                || refusal.throttling().stream()
                        .anyMatch(reason -> reason.resource().equals(table.arn()));
        if (ofTable) {
            item(change).ifPresent(key -> count(place(table, Optional.empty()), key, false, 1));
        }
    }

    private void count(@Nullable Place place, Item item, boolean isUnits, long weight) {
        if (place == null) {
            return;
        }
        for (Rule rule : place.insights().rules(true)) {
            if (rule.countsUnits() == isUnits) {
                List<Value> key = key(place.key(), rule, item);
                if (!key.isEmpty()) {
                    long minute = minute();
                    histories
                            .computeIfAbsent(
                                    new Counted(
                                            place.tablespace(),
                                            rule,
                                            place.insights().created()),
                                    _ -> new KeyHistory(memory, minute))
                            .add(key, weight, minute);
                }
            }
        }
    }

    /** The values that the rule distinguishes; empty if the item lacks one, as the partition key of a query does. */
    private static List<Value> key(KeySchema schema, Rule rule, Item item) {
        if (rule.isSorted() && schema.sort().isEmpty()) {
            return List.of();
        }
        var values = new ArrayList<Value>();
        for (KeyAttribute attribute : attributes(schema, rule)) {
            Optional<Value> value = item.get(attribute.name());
            if (value.isEmpty()) {
                return List.of();
            }
            values.add(value.get());
        }
        return List.copyOf(values);
    }

    private static List<KeyAttribute> attributes(KeySchema schema, Rule rule) {
        var attributes = new ArrayList<>(schema.partition());
        if (rule.isSorted()) {
            attributes.addAll(schema.sort());
        }
        return attributes;
    }

    /**
     * What the rules of a table, or of one of its global indexes, have counted. Empty unless its keys are counted.
     *
     * @param minutes the last ones, the current one included
     * @param howMany keys of each rule
     */
    public List<Report> top(Table table, Optional<SecondaryIndex> global, int minutes, int howMany) {
        Place place = place(table, global);
        if (place == null) {
            return List.of();
        }
        var reports = new ArrayList<Report>();
        for (Rule rule : place.insights().rules(!place.key().sort().isEmpty())) {
            KeyHistory history = histories.get(
                    new Counted(place.tablespace(), rule, place.insights().created()));
            KeyHistory.Report counted =
                    history == null ? KeyHistory.Report.NONE : history.top(minute(), minutes, howMany);
            reports.add(report(place, rule, counted));
        }
        return reports;
    }

    private static Report report(Place place, Rule rule, KeyHistory.Report counted) {
        List<KeyAttribute> attributes = attributes(place.key(), rule);
        return new Report(
                rule,
                attributes.stream().map(KeyAttribute::name).toList(),
                counted.keys().stream()
                        .map(one -> contributor(attributes, rule, one))
                        .toList(),
                shown(rule, counted.total()));
    }

    private static Contributor contributor(List<KeyAttribute> attributes, Rule rule, Estimate<List<Value>> one) {
        var key = new LinkedHashMap<String, Value>();
        for (int i = 0; i < attributes.size(); i++) {
            key.put(attributes.get(i).name(), one.key().get(i));
        }
        return new Contributor(Item.of(key), shown(rule, one.count()), shown(rule, one.error()));
    }

    private static double shown(Rule rule, long weight) {
        return rule.countsUnits() ? Units.units(weight) : weight;
    }

    /** Forgets what is too old, or belongs to no rule. */
    @Override
    public Duration run() {
        if (!histories.isEmpty()) {
            Set<Counted> there = counted();
            histories.forEach((counted, history) -> {
                if (!there.contains(counted) && histories.remove(counted, history)) {
                    history.clear();
                }
                history.advance(minute());
            });
        }
        return INTERVAL;
    }

    private Set<Counted> counted() {
        var there = new HashSet<Counted>();
        for (Table table : tables.all()) {
            table.settings().insights().forEach((tablespace, insights) -> {
                if (insights.isActive()) {
                    insights.rules(true).forEach(rule -> there.add(new Counted(tablespace, rule, insights.created())));
                }
            });
        }
        return there;
    }
}
