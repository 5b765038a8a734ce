package io.gramme.tables.table;

import io.gramme.core.error.InsightsErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.storage.TablespaceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * A requested change of Contributor Insights. Pure.
 *
 * @param index empty for the table itself
 */
public record InsightsChange(Optional<String> index) {

    /** Where the insights of the table or index are. */
    private TablespaceId place(Table table) {
        if (index.isEmpty()) {
            return table.tablespace();
        }
        return global(table).tablespace();
    }

    private SecondaryIndex global(Table table) {
        return table.index(index.orElseThrow())
                .filter(one -> !one.isLocal())
                .orElseThrow(() -> TableErrors.indexNotFound(index.orElseThrow(), table.name()));
    }

    /** The present insights; empty if they were never enabled. */
    public Optional<Insights> current(Table table) {
        return Optional.ofNullable(table.settings().insights().get(place(table)));
    }

    private void requireActive(Table table) {
        if (table.status() != Table.Status.ACTIVE) {
            throw InsightsErrors.tableNotActive();
        }
        if (index.isPresent() && global(table).status() != SecondaryIndex.Status.ACTIVE) {
            throw InsightsErrors.indexNotActive();
        }
    }

    /** @param rulesOfOthers in the account and region */
    public Table enable(Table table, Insights.Mode mode, int rulesOfOthers, Instant now) {
        requireActive(table);
        Instant created =
                current(table).filter(Insights::isActive).map(Insights::created).orElse(now);
        var wanted = Insights.enabling(mode, created, now, false);
        boolean tooMany = rulesOfOthers + wanted.rules(isSorted(table)).size() > Insights.MOST_RULES;
        return with(table, tooMany ? Insights.enabling(mode, created, now, true) : wanted);
    }

    public Table disable(Table table, Instant now) {
        requireActive(table);
        return current(table)
                .map(insights -> with(table, insights.disabling(now)))
                .orElse(table);
    }

    private boolean isSorted(Table table) {
        return !(index.isPresent() ? global(table).index().key() : table.key())
                .sort()
                .isEmpty();
    }

    /** Forgets those of indexes that are gone. */
    private Table with(Table table, Insights changed) {
        var there = new HashSet<TablespaceId>();
        there.add(table.tablespace());
        table.globalIndexes().forEach(one -> there.add(one.tablespace()));
        Map<TablespaceId, Insights> all = new HashMap<>(table.settings().insights());
        all.put(place(table), changed);
        all.keySet().retainAll(there);
        return table.with(table.settings().withInsights(all));
    }

    /** How many rules the insights of a table and its indexes have, this one apart. */
    public int rulesOfOthers(Table one, Table other) {
        int rules = 0;
        if (!one.id().equals(other.id()) || index.isPresent()) {
            rules += rules(other, other.tablespace(), other.key().sort().isEmpty());
        }
        for (SecondaryIndex global : other.globalIndexes()) {
            if (!one.id().equals(other.id()) || !index.equals(Optional.of(global.name()))) {
                rules += rules(
                        other, global.tablespace(), global.index().key().sort().isEmpty());
            }
        }
        return rules;
    }

    private static int rules(Table table, TablespaceId place, boolean unsorted) {
        Insights insights = table.settings().insights().get(place);
        return insights == null || !insights.isActive()
                ? 0
                : insights.rules(!unsorted).size();
    }
}
