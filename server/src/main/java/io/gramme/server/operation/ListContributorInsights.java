package io.gramme.server.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.ContributorInsightsSummary;
import io.gramme.api.ListContributorInsightsInput;
import io.gramme.api.ListContributorInsightsOutput;
import io.gramme.core.error.InsightsErrors;
import io.gramme.tables.table.Insights;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ListContributorInsights: lists the tables and global indexes of an account and region, or of one table, whose insights
 * are not disabled. The service pages through all of them and leaves out the disabled afterwards; here a page is full
 * unless it is the last.
 */
public final class ListContributorInsights
        implements Handler<ListContributorInsightsInput, ListContributorInsightsOutput> {
    private static final int MOST = 100;

    private final Tables tables;

    public ListContributorInsights(Tables tables) {
        this.tables = tables;
    }

    /** @param index empty for the table itself, which comes before its indexes */
    private record Position(String table, String index) implements Comparable<Position> {
        private static final Comparator<Position> ORDER =
                Comparator.comparing(Position::table).thenComparing(Position::index);

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }
    }

    private record Entry(Position at, Insights insights) {
        private ContributorInsightsSummary summary() {
            return ContributorInsightsSummary.builder()
                    .tableName(at.table)
                    .indexName(Optional.of(at.index).filter(name -> !name.isEmpty()))
                    .contributorInsightsStatus(ContributorInsightsRules.status(insights))
                    .contributorInsightsMode(ContributorInsightsRules.mode(insights))
                    .build();
        }
    }

    @Override
    public ListContributorInsightsOutput handle(ListContributorInsightsInput request, RequestContext context) {
        int most = request.maxResults().orElse(MOST);
        if (most < 1) {
            throw InsightsErrors.tooFewResults(most);
        }
        Optional<Position> after = request.nextToken().map(ListContributorInsights::parse);
        List<Table> listed = request.tableName()
                .map(given -> List.of(tables.describeSettled(context.accountRegion(), given)))
                .orElseGet(() -> tables.of(context.accountRegion()));
        List<Entry> found = listed.stream()
                .flatMap(table -> entries(table).stream())
                .sorted(Comparator.comparing(Entry::at))
                .filter(entry -> after.isEmpty() || entry.at().compareTo(after.get()) > 0)
                .toList();
        List<Entry> page = found.subList(0, Math.min(most, found.size()));
        return ListContributorInsightsOutput.builder()
                .contributorInsightsSummaries(page.stream().map(Entry::summary).toList())
                .nextToken(page.size() < found.size() ? Optional.of(token(page.getLast())) : Optional.empty())
                .build();
    }

    private static List<Entry> entries(Table table) {
        var entries = new ArrayList<Entry>();
        add(entries, table, "", table.settings().insights().get(table.tablespace()));
        for (SecondaryIndex index : table.globalIndexes()) {
            add(entries, table, index.name(), table.settings().insights().get(index.tablespace()));
        }
        return entries;
    }

    private static void add(List<Entry> entries, Table table, String index, @Nullable Insights insights) {
        if (insights != null && insights.status() != Insights.Status.DISABLED) {
            entries.add(new Entry(new Position(table.name(), index), insights));
        }
    }

    /** A slash is in no name. */
    private static String token(Entry last) {
        return Base64.getUrlEncoder().encodeToString((last.at.table + "/" + last.at.index).getBytes(UTF_8));
    }

    private static Position parse(String token) {
        try {
            String position = new String(Base64.getUrlDecoder().decode(token), UTF_8);
            int end = position.indexOf('/');
            if (end > 0) {
                return new Position(position.substring(0, end), position.substring(end + 1));
            }
        } catch (IllegalArgumentException _) {
            // Refused as what is no position.
        }
        throw InsightsErrors.invalidToken();
    }
}
