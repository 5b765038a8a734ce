package io.gramme.server.table;

import io.gramme.core.error.TableErrors;
import io.gramme.storage.RowStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** All tables of all worlds that a row store holds. */
public final class Tables {
    private final Map<TableName, Publication> published = new ConcurrentHashMap<>();

    public Tables(RowStore store, TableOptions options, InstantSource clock, RandomGenerator random) {}

    /**
     * Holds a table for one operation on its items.
     *
     * @param given its name or ARN
     */
    public TableUse use(World world, String given) {
        return use(TableName.parse(world, given));
    }

    /** Holds several tables for one operation, or none if one of them cannot be had. */
    public TableUses useAll(World world, Collection<String> given) {
        var uses = new HashMap<String, TableUse>();
        try {
            for (String one : given) {
                if (!uses.containsKey(one)) {
                    uses.put(one, use(world, one));
                }
            }
            return new TableUses(uses);
        } catch (RuntimeException e) {
            uses.values().forEach(TableUse::close);
            throw e;
        }
    }

    private TableUse use(TableName name) {
        TableUse use =
                Optional.ofNullable(published.get(name)).map(Publication::use).orElseThrow(TableErrors::tableNotFound);
        if (!use.table().status().isUsable()) {
            use.close();
            throw TableErrors.tableNotFound();
        }
        return use;
    }
}
