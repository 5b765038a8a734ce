package io.gramme.monitoring;

import java.util.Set;

/** A name and a value that tell a series from others of its metric: the table, the operation. */
public record Dimension(String name, String value) implements Comparable<Dimension> {
    public static final String TABLE = "TableName";
    public static final String INDEX = "GlobalSecondaryIndexName";
    public static final String OPERATION = "Operation";
    public static final String STREAM = "StreamLabel";

    /** The names of all dimensions that are recorded. */
    static final Set<String> NAMES = Set.of(TABLE, INDEX, OPERATION, STREAM);

    @Override
    public int compareTo(Dimension other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : value.compareTo(other.value);
    }
}
