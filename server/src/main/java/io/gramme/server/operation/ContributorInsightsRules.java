package io.gramme.server.operation;

import io.gramme.api.ContributorInsightsMode;
import io.gramme.api.ContributorInsightsStatus;
import io.gramme.tables.table.Insights;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.Optional;

/** Shows Contributor Insights, and the names of their rules. */
final class ContributorInsightsRules {
    private ContributorInsightsRules() {}

    static ContributorInsightsStatus status(Insights insights) {
        return ContributorInsightsStatus.valueOf(insights.status().name());
    }

    static ContributorInsightsMode mode(Insights insights) {
        return ContributorInsightsMode.valueOf(insights.mode().name());
    }

    static Insights.Mode mode(Optional<ContributorInsightsMode> given) {
        return given.map(mode -> Insights.Mode.valueOf(mode.name())).orElse(Insights.Mode.ACCESSED_AND_THROTTLED_KEYS);
    }

    /** The names of the rules of a table or index. */
    static List<String> names(Table table, Optional<SecondaryIndex> index, Insights insights) {
        boolean sorted =
                !index.map(one -> one.index().key()).orElse(table.key()).sort().isEmpty();
        return insights.rules(sorted).stream()
                .map(rule -> name(table, index, insights, rule))
                .toList();
    }

    static String name(Table table, Optional<SecondaryIndex> index, Insights insights, Insights.Rule rule) {
        String resource = table.name() + index.map(one -> "-" + one.name()).orElse("");
        return insights.ruleName(rule, resource);
    }
}
