package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.monitoring.cloudwatch.Query.Source;
import io.gramme.tables.table.AccountRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/** GetMetricData: a statistic of each of many series, and what expressions compute of them, page by page. */
final class GetMetricData {
    private static final int MAX_DATAPOINTS = 100_800;
    private static final String ASCENDING = "TimestampAscending";
    private static final String DESCENDING = "TimestampDescending";

    private final MetricReader reader;

    GetMetricData(MetricReader reader) {
        this.reader = reader;
    }

    Document.Structure answer(AccountRegion owner, Input input) {
        List<Query> queries = Query.all(owner, input);
        Times times = Times.of(input, CloudWatchErrors::validation);
        String order = input.text("ScanBy").orElse(DESCENDING);
        if (!order.equals(ASCENDING) && !order.equals(DESCENDING)) {
            throw CloudWatchErrors.validation(
                    "The parameter ScanBy must be a value in the set [ TimestampDescending, TimestampAscending ].");
        }
        long room = input.whole("MaxDatapoints").orElse(MAX_DATAPOINTS);
        if (room < 1 || room > MAX_DATAPOINTS) {
            throw CloudWatchErrors.validation("The parameter MaxDatapoints must be from 1 to " + MAX_DATAPOINTS + ".");
        }
        int request = RequestHash.of(owner, queries, times, order);
        PageToken token = input.text("NextToken")
                .map(text -> PageToken.parse(text, request))
                .orElse(PageToken.start(request));
        var evaluation = new Evaluation(reader, times, queries);
        var page = new PageOfData(evaluation, order.equals(DESCENDING), room);
        page.fill(queries, token);
        return page.output();
    }

    /** One page under construction. */
    private static final class PageOfData {
        private final Evaluation evaluation;
        private final boolean descending;
        private final List<Document> results = new ArrayList<>();
        private long room;
        private Optional<PageToken> next = Optional.empty();

        PageOfData(Evaluation evaluation, boolean descending, long room) {
            this.evaluation = evaluation;
            this.descending = descending;
            this.room = room;
        }

        void fill(List<Query> queries, PageToken token) {
            OptionalLong after = token.after();
            for (int i = token.query(); i < queries.size() && next.isEmpty(); i++) {
                Query query = queries.get(i);
                if (!query.isReturned()) {
                    continue;
                }
                if (room == 0) {
                    next = Optional.of(new PageToken(i, OptionalLong.empty(), token.request()));
                    return;
                }
                add(query, rest(query, after), i, token.request());
                after = OptionalLong.empty();
            }
        }

        /** The values of a query that earlier pages did not have, in the order of the page. */
        private SortedMap<Long, Double> rest(Query query, OptionalLong after) {
            NavigableMap<Long, Double> values = evaluation.values(query.id());
            NavigableMap<Long, Double> ordered = descending ? values.descendingMap() : values;
            return after.isPresent() ? ordered.tailMap(after.getAsLong(), false) : ordered;
        }

        private void add(Query query, SortedMap<Long, Double> values, int number, int request) {
            Window window = evaluation.window(query.id());
            List<Document> timestamps = new ArrayList<>();
            List<Document> numbers = new ArrayList<>();
            long last = 0;
            for (var value : values.entrySet()) {
                if (room == 0) {
                    next = Optional.of(new PageToken(number, OptionalLong.of(last), request));
                    break;
                }
                last = value.getKey();
                timestamps.add(new Document.Time(window.start(last)));
                numbers.add(new Document.Real(value.getValue()));
                room--;
            }
            results.add(new Output()
                    .put("Id", query.id())
                    .put("Label", label(query))
                    .put("Timestamps", timestamps)
                    .put("Values", numbers)
                    .put("StatusCode", next.isPresent() ? "PartialData" : "Complete")
                    .done());
        }

        private static String label(Query query) {
            return query.label().orElseGet(() -> switch (query.source()) {
                case Source.Stat stat -> stat.selection().name();
                case Source.Expression _ -> query.id();
            });
        }

        Document.Structure output() {
            return new Output()
                    .put("MetricDataResults", results)
                    .put("NextToken", next.map(PageToken::text))
                    .put("Messages", List.of())
                    .done();
        }
    }
}
