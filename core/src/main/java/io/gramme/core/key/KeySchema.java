package io.gramme.core.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The key of a table or an index. A table has one partition key attribute and at most one sort key attribute; a global
 * secondary index may have up to four of each.
 *
 * @param partition HASH attributes, in the order declared; at least one
 * @param sort RANGE attributes, in the order declared; may be empty
 */
public record KeySchema(List<KeyAttribute> partition, List<KeyAttribute> sort) {
    public KeySchema {
        partition = List.copyOf(partition);
        sort = List.copyOf(sort);
        if (partition.isEmpty()) {
            throw new IllegalArgumentException("a key has a partition key");
        }
    }

    /** All attributes, partition key first. */
    public List<KeyAttribute> attributes() {
        if (sort.isEmpty()) {
            return partition;
        }
        List<KeyAttribute> all = new ArrayList<>(partition.size() + sort.size());
        all.addAll(partition);
        all.addAll(sort);
        return Collections.unmodifiableList(all);
    }

    public List<String> names() {
        return attributes().stream().map(KeyAttribute::name).toList();
    }

    public Optional<KeyAttribute> attribute(String name) {
        return attributes().stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** Whether either part has more than one attribute: statements cannot read by such keys. */
    public boolean isMultiAttribute() {
        return partition.size() > 1 || sort.size() > 1;
    }
}
