package io.gramme.scaling;

import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Throughput;
import java.util.Locale;
import java.util.Optional;

/**
 * What a scalable target scales: one quantity of the provisioned throughput of a table or of a global index, by the name
 * of the table. It is not bound to one incarnation of the table: a new table of that name takes the target up.
 */
public record TargetId(AccountRegion owner, String table, Optional<String> index, Kind unit) {
    /** The unit in the keys of rows. */
    int unitCode() {
        return unit == Kind.READ ? 0 : 1;
    }

    private static final String TABLE = "table/";
    private static final String INDEX = "/index/";

    /** The target that a resource id names, {@code table/T} or {@code table/T/index/I}; empty if it is neither. */
    public static Optional<TargetId> parse(AccountRegion owner, String resourceId, Kind unit) {
        if (!resourceId.startsWith(TABLE)) {
            return Optional.empty();
        }
        String path = resourceId.substring(TABLE.length());
        int index = path.indexOf(INDEX);
        String table = index < 0 ? path : path.substring(0, index);
        Optional<String> name = index < 0 ? Optional.empty() : Optional.of(path.substring(index + INDEX.length()));
        boolean plain = TableName.isPlain(table) && name.map(TableName::isPlain).orElse(true);
        return plain ? Optional.of(new TargetId(owner, table, name, unit)) : Optional.empty();
    }

    public String resourceId() {
        return TABLE + table + index.map(name -> INDEX + name).orElse("");
    }

    /** As the service names it: {@code dynamodb:table:ReadCapacityUnits}. */
    public String dimension() {
        return "dynamodb:" + (index.isPresent() ? "index" : "table") + ":"
                + (unit == Kind.READ ? "ReadCapacityUnits" : "WriteCapacityUnits");
    }

    /** The quantity, out of both. */
    long of(Throughput throughput) {
        return unit == Kind.READ ? throughput.readUnits() : throughput.writeUnits();
    }

    /** The throughput with the quantity replaced. */
    Throughput with(long units, Throughput throughput) {
        return unit == Kind.READ
                ? new Throughput(units, throughput.writeUnits())
                : new Throughput(throughput.readUnits(), units);
    }

    /** The quantity as descriptions of activities name it: {@code read}. */
    String word() {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    TableName tableName() {
        return new TableName(owner, table);
    }
}
