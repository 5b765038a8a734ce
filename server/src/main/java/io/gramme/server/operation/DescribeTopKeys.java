package io.gramme.server.operation;

import io.gramme.api.DescribeTopKeysInput;
import io.gramme.api.DescribeTopKeysOutput;
import io.gramme.api.TopKey;
import io.gramme.api.TopKeysRule;
import io.gramme.api.TopKeysUnit;
import io.gramme.core.error.InsightsErrors;
import io.gramme.tables.insight.TopKeys;
import io.gramme.tables.insight.TopKeys.Contributor;
import io.gramme.tables.insight.TopKeys.Report;
import io.gramme.tables.table.Insights;
import io.gramme.tables.table.InsightsChange;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** Gramme extension: shows the keys that were used or throttled most lately, as this server has counted them. */
public final class DescribeTopKeys implements Handler<DescribeTopKeysInput, DescribeTopKeysOutput> {
    private static final int MINUTES = 60;

    /** As many as the service shows in a graph. */
    private static final int KEYS = 25;

    private final Tables tables;
    private final TopKeys keys;

    public DescribeTopKeys(Tables tables, TopKeys keys) {
        this.tables = tables;
        this.keys = keys;
    }

    @Override
    public DescribeTopKeysOutput handle(DescribeTopKeysInput request, RequestContext context) {
        Table table = tables.describeSettled(context.accountRegion(), request.tableName());
        Insights insights = new InsightsChange(request.indexName())
                .current(table)
                .filter(Insights::isActive)
                .orElseThrow(() -> InsightsErrors.notEnabled(
                        request.indexName().map(index -> "index " + index).orElse("table " + table.name())));
        Optional<SecondaryIndex> index = request.indexName().flatMap(table::index);
        return DescribeTopKeysOutput.builder()
                .tableName(table.name())
                .indexName(request.indexName())
                .rules(
                        keys
                                .top(
                                        table,
                                        index,
                                        request.minutes().orElse(MINUTES),
                                        request.maxResults().orElse(KEYS))
                                .stream()
                                .map(report -> shown(
                                        report, ContributorInsightsRules.name(table, index, insights, report.rule())))
                                .toList())
                .build();
    }

    private static TopKeysRule shown(Report report, String name) {
        return TopKeysRule.builder()
                .ruleName(name)
                .counts(
                        report.rule().countsUnits()
                                ? TopKeysUnit.CONSUMED_THROUGHPUT_UNITS
                                : TopKeysUnit.THROTTLED_REQUESTS)
                .keyAttributes(report.attributes())
                .keys(report.contributors().stream().map(DescribeTopKeys::shown).toList())
                .total(report.total())
                .build();
    }

    private static TopKey shown(Contributor one) {
        return TopKey.builder()
                .key(one.key())
                .value(one.value())
                .maximumError(one.error())
                .build();
    }
}
