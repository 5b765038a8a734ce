package io.gramme.server.operation;

import io.gramme.api.ContributorInsightsStatus;
import io.gramme.api.DescribeContributorInsightsInput;
import io.gramme.api.DescribeContributorInsightsOutput;
import io.gramme.api.FailureException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.InsightsErrors;
import io.gramme.tables.table.Insights;
import io.gramme.tables.table.InsightsChange;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** DescribeContributorInsights: shows whether keys of a table, or of one of its global indexes, are counted. */
public final class DescribeContributorInsights
        implements Handler<DescribeContributorInsightsInput, DescribeContributorInsightsOutput> {
    private final Tables tables;

    public DescribeContributorInsights(Tables tables) {
        this.tables = tables;
    }

    @Override
    public DescribeContributorInsightsOutput handle(DescribeContributorInsightsInput request, RequestContext context) {
        Table table = tables.describeSettled(context.accountRegion(), request.tableName());
        Optional<Insights> insights = new InsightsChange(request.indexName()).current(table);
        DescribeContributorInsightsOutput.Builder shown = DescribeContributorInsightsOutput.builder()
                .tableName(table.name())
                .indexName(request.indexName())
                .contributorInsightsStatus(
                        insights.map(ContributorInsightsRules::status).orElse(ContributorInsightsStatus.DISABLED));
        insights.ifPresent(one -> show(shown, table, request.indexName(), one));
        return shown.build();
    }

    private static void show(
            DescribeContributorInsightsOutput.Builder shown, Table table, Optional<String> index, Insights insights) {
        shown.lastUpdateDateTime(insights.updated()).contributorInsightsMode(ContributorInsightsRules.mode(insights));
        if (insights.isActive()) {
            shown.contributorInsightsRuleList(
                    ContributorInsightsRules.names(table, index.flatMap(table::index), insights));
        }
        if (insights.status() == Insights.Status.FAILED) {
            shown.failureException(FailureException.builder()
                    .exceptionName(ErrorCode.LIMIT_EXCEEDED.shortName())
                    .exceptionDescription(InsightsErrors.TOO_MANY_RULES)
                    .build());
        }
    }
}
