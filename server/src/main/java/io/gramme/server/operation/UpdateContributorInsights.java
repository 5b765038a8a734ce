package io.gramme.server.operation;

import io.gramme.api.ContributorInsightsAction;
import io.gramme.api.ContributorInsightsStatus;
import io.gramme.api.UpdateContributorInsightsInput;
import io.gramme.api.UpdateContributorInsightsOutput;
import io.gramme.tables.table.Insights;
import io.gramme.tables.table.InsightsChange;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Instant;
import java.util.Optional;

/**
 * UpdateContributorInsights: starts or stops counting which keys of a table, or of one of its global indexes, are used
 * and throttled.
 */
public final class UpdateContributorInsights
        implements Handler<UpdateContributorInsightsInput, UpdateContributorInsightsOutput> {
    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;

    public UpdateContributorInsights(Tables tables, TableLifecycle life, MillisecondClock clock) {
        this.tables = tables;
        this.life = life;
        this.clock = clock;
    }

    @Override
    public UpdateContributorInsightsOutput handle(UpdateContributorInsightsInput request, RequestContext context) {
        TableName name = TableName.parse(context.accountRegion(), request.tableName());
        var change = new InsightsChange(request.indexName());
        Insights.Mode mode = ContributorInsightsRules.mode(request.contributorInsightsMode());
        Instant now = clock.instant();
        Table seen = tables.describe(context.accountRegion(), request.tableName());
        int others = tables.of(context.accountRegion()).stream()
                .mapToInt(other -> change.rulesOfOthers(seen, other))
                .sum();
        boolean enables = request.contributorInsightsAction() == ContributorInsightsAction.ENABLE;
        Table changed = tables.change(
                name, before -> enables ? change.enable(before, mode, others, now) : change.disable(before, now));
        life.settle(changed);
        Optional<Insights> insights = change.current(changed);
        return UpdateContributorInsightsOutput.builder()
                .tableName(name.name())
                .indexName(request.indexName())
                .contributorInsightsStatus(
                        insights.map(ContributorInsightsRules::status).orElse(ContributorInsightsStatus.DISABLED))
                .contributorInsightsMode(insights.map(ContributorInsightsRules::mode))
                .build();
    }
}
