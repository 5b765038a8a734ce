package io.gramme.tables.table;

import io.gramme.core.item.StoredItem.Origin;
import io.gramme.tables.catalog.Fields;
import io.gramme.tables.table.GlobalTable.IndexOverrides;
import io.gramme.tables.table.GlobalTable.Overrides;
import io.gramme.tables.table.GlobalTable.Replica;
import io.gramme.tables.table.GlobalTable.Status;

/** The encoding of the group of a table as fields of its row in the catalog, and of what replicas send each other. */
public final class GlobalTableCodec {
    private GlobalTableCodec() {}

    public static Fields fields(GlobalTable table) {
        return new Fields()
                .put("Group", table.group())
                .put("Version", fields(table.version()))
                .put("Definition", fields(table.definition()))
                .putAll(
                        "Replicas",
                        table.replicas().stream().map(GlobalTableCodec::fields).toList());
    }

    public static GlobalTable global(Fields fields) {
        return new GlobalTable(
                fields.text("Group"),
                origin(fields.inner("Version")),
                origin(fields.inner("Definition")),
                fields.all("Replicas").stream().map(GlobalTableCodec::replica).toList());
    }

    private static Fields fields(Origin origin) {
        return new Fields().put("Region", origin.region()).put("Time", origin.timestamp());
    }

    private static Origin origin(Fields fields) {
        return new Origin(fields.text("Region"), fields.number("Time"));
    }

    private static Fields fields(Replica replica) {
        var fields = new Fields()
                .put("Region", replica.region())
                .put("Table", replica.tableId())
                .put("Status", replica.status().name())
                .put("Since", replica.since());
        replica.source().ifPresent(source -> fields.put("Source", source));
        replica.keyArn().ifPresent(key -> fields.put("RootKey", key));
        Overrides own = replica.overrides();
        fields.put("ReadUnits", own.readUnits()).put("MaxReadUnits", own.maxReadUnits());
        own.tableClass().ifPresent(one -> fields.put("Class", one.name()));
        return fields.putAll(
                "Indexes", own.indexes().stream().map(GlobalTableCodec::fields).toList());
    }

    private static Fields fields(IndexOverrides index) {
        return new Fields()
                .put("Name", index.index())
                .put("ReadUnits", index.readUnits())
                .put("MaxReadUnits", index.maxReadUnits());
    }

    private static Replica replica(Fields fields) {
        return new Replica(
                fields.text("Region"),
                fields.text("Table"),
                Status.valueOf(fields.text("Status")),
                fields.time("Since"),
                fields.optional("Source", Fields::text),
                fields.optional("RootKey", Fields::text),
                new Overrides(
                        fields.optionalNumber("ReadUnits"),
                        fields.optionalNumber("MaxReadUnits"),
                        fields.optional("Class", Fields::text).map(Settings.TableClass::valueOf),
                        fields.all("Indexes").stream()
                                .map(index -> new IndexOverrides(
                                        index.text("Name"),
                                        index.optionalNumber("ReadUnits"),
                                        index.optionalNumber("MaxReadUnits")))
                                .toList()));
    }
}
