package io.gramme.tables.capacity;

import io.gramme.core.item.Item;
import io.gramme.storage.Consistency;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Change.EntryChange;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The capacity units that a request consumed on one table: by the table itself, and by each index that took part.
 * Accumulates while a request runs; not safe for use by two threads.
 */
public final class Consumption {
    /** The cost factor of a transaction for an item of the table; index entries cost the same as in other requests. */
    private static final int TRANSACTIONAL = 2;

    /** The kind of the units, as far as the answer shows it: only answers to transactions do. */
    public enum Kind {
        UNTOLD,
        READ,
        WRITE
    }

    private final Table table;
    private final Kind kind;
    private final Map<String, Double> local = new LinkedHashMap<>();
    private final Map<String, Double> global = new LinkedHashMap<>();
    private double tableUnits;

    public Consumption(Table table) {
        this(table, Kind.UNTOLD);
    }

    private Consumption(Table table, Kind kind) {
        this.table = table;
        this.kind = kind;
    }

    /** The consumption of a transaction that writes. */
    public static Consumption ofTransactionalWrites(Table table) {
        return new Consumption(table, Kind.WRITE);
    }

    /**
     * The consumption of a transaction that reads, or that was applied before and only reads what it would have
     * written.
     */
    public static Consumption ofTransactionalReads(Table table) {
        return new Consumption(table, Kind.READ);
    }

    /** One item read by its key, which may be absent. */
    public Consumption addRead(Optional<Item> item, Consistency consistency) {
        return addRead(Change.size(item), consistency);
    }

    /** Some bytes read from one partition of the table at once: at least one unit. */
    public Consumption addRead(long bytes, Consistency consistency) {
        tableUnits += factor() * readUnits(bytes, consistency);
        return this;
    }

    /** A page of the table: at least one unit for each partition that it read from, by the bytes of each. */
    public Consumption addPage(List<Long> partitions, Consistency consistency) {
        partitions.forEach(bytes -> addRead(bytes, consistency));
        return this;
    }

    private int factor() {
        return switch (kind) {
            case UNTOLD -> 1;
            case READ, WRITE -> TRANSACTIONAL;
        };
    }

    /** A page of an index: at least one unit for each partition that it read from, by the bytes of each. */
    public Consumption addPage(SecondaryIndex index, List<Long> partitions, Consistency consistency) {
        partitions.forEach(bytes -> arms(index).merge(index.name(), readUnits(bytes, consistency), Double::sum));
        return this;
    }

    /** One item written, with the effects on the table's indexes. */
    public Consumption addWrite(Change change) {
        tableUnits += factor() * Units.units(Units.ofWrite(change.largerSize()));
        for (EntryChange entry : change.entries()) {
            arms(entry.index()).merge(entry.index().name(), Units.units(Units.ofEntry(entry)), Double::sum);
        }
        return this;
    }

    private Map<String, Double> arms(SecondaryIndex index) {
        return index.isLocal() ? local : global;
    }

    private static double readUnits(long bytes, Consistency consistency) {
        return Units.units(Units.ofRead(bytes, consistency));
    }

    public Table table() {
        return table;
    }

    public Kind kind() {
        return kind;
    }

    /** The units of the table itself, without its indexes. */
    public double tableUnits() {
        return tableUnits;
    }

    /** The units of each local index. */
    public Map<String, Double> local() {
        return local;
    }

    /** The units of each global index. */
    public Map<String, Double> global() {
        return global;
    }

    public double total() {
        return tableUnits + sum(local) + sum(global);
    }

    private static double sum(Map<String, Double> arms) {
        return arms.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
