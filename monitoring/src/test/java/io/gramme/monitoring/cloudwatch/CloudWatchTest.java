package io.gramme.monitoring.cloudwatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.api.service.Document;
import io.gramme.api.service.Document.Structure;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceException;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.identity.Caller;
import io.gramme.monitoring.Dimension;
import io.gramme.monitoring.Metric;
import io.gramme.monitoring.MetricId;
import io.gramme.monitoring.MetricStore;
import io.gramme.monitoring.VirtualClock;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.table.AccountRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudWatchTest {
    private static final AccountRegion OWNER = new AccountRegion("111111111111", "eu-west-1");
    private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");

    private final VirtualClock clock = new VirtualClock();
    private final MetricStore store = new MetricStore(new MemoryStore(clock), clock, 1, 2_000);
    private final CloudWatch cloudWatch = new CloudWatch(store, clock);

    private static MetricId reads(String table) {
        return MetricId.of(OWNER, Metric.CONSUMED_READ, new Dimension(Dimension.TABLE, table));
    }

    /** Ten minutes, in each as many reads of a half unit as its number from one on says. */
    @BeforeEach
    void record() {
        for (int minute = 1; minute <= 10; minute++) {
            for (int i = 0; i < minute; i++) {
                store.record(reads("Music"), 1);
            }
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private Structure ask(String operation, Output input) {
        return cloudWatch.answer(
                new ServiceRequest(operation, Input.of(input.done()), Caller.root(OWNER.account(), OWNER.region())));
    }

    private String refusal(String operation, Output input) {
        ServiceException error = catchThrowableOfType(ServiceException.class, () -> ask(operation, input));
        assertThat(error).isNotNull();
        assertThat(error.status()).isEqualTo(400);
        return error.code() + ": " + error.text();
    }

    private static List<Document> texts(String... texts) {
        return Stream.of(texts).<Document>map(Document.Text::new).toList();
    }

    private static Output metric(String name, String table) {
        return new Output()
                .put("Namespace", "AWS/DynamoDB")
                .put("MetricName", name)
                .put(
                        "Dimensions",
                        List.of(new Output()
                                .put("Name", "TableName")
                                .put("Value", table)
                                .done()));
    }

    private static Output statistics(long seconds, Instant start, Instant end) {
        return metric("ConsumedReadCapacityUnits", "Music")
                .put("StartTime", start)
                .put("EndTime", end)
                .put("Period", new Document.Whole(seconds));
    }

    private static Output query(String id, String stat, long seconds) {
        return new Output()
                .put("Id", id)
                .put(
                        "MetricStat",
                        new Output()
                                .put(
                                        "Metric",
                                        metric("ConsumedReadCapacityUnits", "Music")
                                                .done())
                                .put("Period", new Document.Whole(seconds))
                                .put("Stat", stat)
                                .done());
    }

    private static Output expression(String id, String text) {
        return new Output().put("Id", id).put("Expression", text);
    }

    private static Output data(Output... queries) {
        return new Output()
                .put("StartTime", TEN)
                .put("EndTime", TEN.plus(Duration.ofHours(1)))
                .put(
                        "MetricDataQueries",
                        Stream.of(queries).<Document>map(Output::done).toList());
    }

    private static Document member(Document structure, String name) {
        return requireNonNull(((Structure) structure).members().get(name));
    }

    private static List<Document> elements(Document structure, String name) {
        return ((Document.Sequence) member(structure, name)).elements();
    }

    private static double number(Document document) {
        return ((Document.Real) document).value();
    }

    private static List<Double> numbers(Document structure, String list, String name) {
        return elements(structure, list).stream()
                .map(one -> number(member(one, name)))
                .toList();
    }

    private static List<Double> values(Document result) {
        return elements(result, "Values").stream().map(CloudWatchTest::number).toList();
    }

    @Test
    void statisticsAreOfEachPeriodThatHasValues() {
        Structure answer = ask(
                "GetMetricStatistics",
                statistics(300, TEN, TEN.plus(Duration.ofHours(1)))
                        .put("Statistics", texts("Sum", "SampleCount", "Minimum", "Maximum", "Average")));
        assertThat(answer.members()).containsEntry("Label", new Document.Text("ConsumedReadCapacityUnits"));
        assertThat(numbers(answer, "Datapoints", "Sum")).containsExactly(7.5, 20.0);
        assertThat(numbers(answer, "Datapoints", "SampleCount")).containsExactly(15.0, 40.0);
        assertThat(numbers(answer, "Datapoints", "Average")).containsExactly(0.5, 0.5);
        assertThat(elements(answer, "Datapoints"))
                .extracting(one -> member(one, "Timestamp"))
                .containsExactly(new Document.Time(TEN), new Document.Time(TEN.plus(Duration.ofMinutes(5))));
        assertThat(member(elements(answer, "Datapoints").getFirst(), "Unit")).isEqualTo(new Document.Text("Count"));
    }

    @Test
    void periodsBeginAtTheStartTimeRoundedDownToAMinute() {
        Structure answer = ask(
                "GetMetricStatistics",
                statistics(300, TEN.plusSeconds(61), TEN.plus(Duration.ofMinutes(6)))
                        .put("Statistics", texts("Sum")));
        assertThat(numbers(answer, "Datapoints", "Sum")).containsExactly(10.0);
        assertThat(member(elements(answer, "Datapoints").getFirst(), "Timestamp"))
                .isEqualTo(new Document.Time(TEN.plusSeconds(60)));
    }

    @Test
    void otherTablesUnitsNamespacesAndAccountsHaveNoDatapoints() {
        Output other = metric("ConsumedReadCapacityUnits", "Other")
                .put("StartTime", TEN)
                .put("EndTime", TEN.plusSeconds(600))
                .put("Period", new Document.Whole(60))
                .put("Statistics", texts("Sum"));
        assertThat(elements(ask("GetMetricStatistics", other), "Datapoints")).isEmpty();
        Output unit = statistics(60, TEN, TEN.plusSeconds(600)).put("Statistics", texts("Sum"));
        assertThat(elements(ask("GetMetricStatistics", unit), "Datapoints")).hasSize(10);
        assertThat(elements(ask("GetMetricStatistics", unit.put("Unit", "Bytes")), "Datapoints"))
                .isEmpty();
        assertThat(elements(
                        ask("GetMetricStatistics", unit.put("Unit", "Count").put("Namespace", "AWS/EC2")),
                        "Datapoints"))
                .isEmpty();
        Structure elsewhere = cloudWatch.answer(new ServiceRequest(
                "GetMetricStatistics",
                Input.of(unit.put("Namespace", "AWS/DynamoDB").done()),
                Caller.root("222222222222", OWNER.region())));
        assertThat(elements(elsewhere, "Datapoints")).isEmpty();
    }

    @Test
    void aMalformedRequestForStatisticsIsRefused() {
        Instant hour = TEN.plusSeconds(3_600);
        assertThat(refusal("GetMetricStatistics", new Output()))
                .isEqualTo("MissingParameter: The parameter Namespace is required.");
        assertThat(refusal("GetMetricStatistics", statistics(61, TEN, hour).put("Statistics", texts("Sum"))))
                .startsWith("InvalidParameterValue: The parameter Period must be");
        assertThat(refusal("GetMetricStatistics", statistics(0, TEN, hour).put("Statistics", texts("Sum"))))
                .startsWith("InvalidParameterValue: The parameter Period must be");
        assertThat(refusal("GetMetricStatistics", statistics(60, hour, TEN).put("Statistics", texts("Sum"))))
                .isEqualTo("InvalidParameterValue: The parameter StartTime must be less than the parameter EndTime.");
        assertThat(refusal("GetMetricStatistics", statistics(60, TEN, TEN).put("Statistics", texts("Sum"))))
                .isEqualTo("InvalidParameterValue: The parameter StartTime must not equal parameter EndTime.");
        assertThat(refusal("GetMetricStatistics", statistics(60, TEN, hour)))
                .isEqualTo("InvalidParameterCombination: Must specify either Statistics or ExtendedStatistics.");
        assertThat(refusal("GetMetricStatistics", statistics(60, TEN, hour).put("Statistics", texts("Median"))))
                .startsWith("InvalidParameterValue: The parameter Statistics must be");
        assertThat(refusal("GetMetricStatistics", statistics(60, TEN, hour).put("ExtendedStatistics", texts("tm99"))))
                .startsWith("InvalidParameterValue: The value of the parameter ExtendedStatistics");
        assertThat(refusal(
                        "GetMetricStatistics",
                        statistics(60, TEN, TEN.plus(Duration.ofDays(3))).put("Statistics", texts("Sum"))))
                .isEqualTo("InvalidParameterCombination: You have requested up to 4320 datapoints, which exceeds the"
                        + " limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing"
                        + " the time range.");
        assertThat(refusal("GetMetricStatistics", statistics(60, TEN, hour).put("Period", "sixty")))
                .startsWith("MalformedInput: ");
    }

    @Test
    void absurdTimesTakeNoTime() {
        Output all = statistics(86_400, Instant.MIN.plusSeconds(86_400L * 400), Instant.MAX.minusSeconds(1))
                .put("Statistics", texts("Sum"));
        assertThat(refusal("GetMetricStatistics", all)).contains("exceeds the limit of 1440");
        Output query = data(query("m1", "Sum", 60))
                .put("StartTime", Instant.EPOCH)
                .put("EndTime", Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(values(elements(ask("GetMetricData", query), "MetricDataResults")
                        .getFirst()))
                .hasSize(10);
    }

    @Test
    void dataComeNewestFirstOrAsAskedFor() {
        Structure newest = ask("GetMetricData", data(query("m1", "Sum", 60)));
        Document result = elements(newest, "MetricDataResults").getFirst();
        assertThat(values(result)).startsWith(5.0, 4.5).endsWith(1.0, 0.5);
        assertThat(member(result, "StatusCode")).isEqualTo(new Document.Text("Complete"));
        assertThat(member(result, "Label")).isEqualTo(new Document.Text("ConsumedReadCapacityUnits"));
        assertThat(elements(result, "Timestamps").getLast()).isEqualTo(new Document.Time(TEN));
        Structure oldest = ask("GetMetricData", data(query("m1", "Sum", 60)).put("ScanBy", "TimestampAscending"));
        assertThat(values(elements(oldest, "MetricDataResults").getFirst())).startsWith(0.5, 1.0);
    }

    @Test
    void pagesOfDataAddUpToTheWhole() {
        Output request = data(query("m1", "Sum", 60), query("m2", "SampleCount", 300), query("m3", "Maximum", 60))
                .put("ScanBy", "TimestampAscending")
                .put("MaxDatapoints", new Document.Whole(4));
        var pages = new ArrayList<Integer>();
        var sums = new ArrayList<Double>();
        var counts = new ArrayList<Double>();
        Optional<Document> next = Optional.empty();
        do {
            next.ifPresent(token -> request.put("NextToken", token));
            Structure page = ask("GetMetricData", request);
            int size = 0;
            for (Document result : elements(page, "MetricDataResults")) {
                size += values(result).size();
                switch (((Document.Text) member(result, "Id")).value()) {
                    case "m1" -> sums.addAll(values(result));
                    case "m2" -> counts.addAll(values(result));
                    default -> assertThat(values(result)).containsOnly(0.5);
                }
            }
            pages.add(size);
            next = Optional.ofNullable(page.members().get("NextToken"));
        } while (next.isPresent());
        assertThat(pages).containsExactly(4, 4, 4, 4, 4, 2);
        assertThat(sums).hasSize(10).isSorted();
        assertThat(counts).containsExactly(15.0, 40.0);
    }

    @Test
    void aTokenBelongsToItsRequest() {
        Output request = data(query("m1", "Sum", 60)).put("MaxDatapoints", new Document.Whole(4));
        Document token = member(ask("GetMetricData", request), "NextToken");
        Output other = data(query("m1", "Average", 60)).put("NextToken", token);
        assertThat(refusal("GetMetricData", other)).startsWith("InvalidNextToken: ");
        assertThat(refusal("GetMetricData", data(query("m1", "Sum", 60)).put("NextToken", "Not a token!")))
                .startsWith("InvalidNextToken: ");
        assertThat(refusal("ListMetrics", new Output().put("NextToken", "Not a token!")))
                .startsWith("InvalidParameterValue: ");
    }

    @Test
    void expressionsComputeWithTheValuesOfOtherQueries() {
        Structure answer = ask(
                "GetMetricData",
                data(
                                query("m1", "Sum", 60).put("ReturnData", new Document.Flag(false)),
                                query("m2", "SampleCount", 60).put("ReturnData", new Document.Flag(false)),
                                expression("rate", "m1 / PERIOD(m1) * -(2 - 62)")
                                        .put("Label", "units a minute"),
                                expression("average", "rate / m2"),
                                expression("nothing", "m1 / (m2 - m2)"))
                        .put("ScanBy", "TimestampAscending"));
        List<Document> results = elements(answer, "MetricDataResults");
        assertThat(results).hasSize(3);
        assertThat(values(results.get(0))).startsWith(0.5, 1.0);
        assertThat(member(results.get(0), "Label")).isEqualTo(new Document.Text("units a minute"));
        assertThat(values(results.get(1))).hasSize(10).containsOnly(0.5);
        assertThat(values(results.get(2))).isEmpty();
    }

    @Test
    void anExpressionThatCannotBeComputedIsRefused() {
        for (String text : List.of(
                "SUM(m1)",
                "SELECT AVG(x) FROM y",
                "m1 +",
                "m1 m1",
                "(m1",
                "m9",
                "e1 + m1",
                "1 + 2",
                "m1 + m2",
                "PERIOD(1)",
                "1e5 * m1",
                "(".repeat(1_000))) {
            assertThat(refusal(
                            "GetMetricData",
                            data(query("m1", "Sum", 60), query("m2", "Sum", 120), expression("e1", text))))
                    .as(text)
                    .startsWith("ValidationError: ");
        }
    }

    private static Output[] chain(int length, String next) {
        var queries = new ArrayList<Output>();
        queries.add(query("e0", "Sum", 60));
        queries.add(query("e1", "Sum", 60));
        for (int i = 2; i < length; i++) {
            queries.add(expression("e" + i, next.formatted(i - 1, i - 2))
                    .put("ReturnData", new Document.Flag(i == length - 1)));
        }
        return queries.toArray(Output[]::new);
    }

    @Test
    void expressionsThatReferToOthersInVeryManyWaysTakeNoMoreTimeForIt() {
        List<Document> results = elements(
                ask("GetMetricData", data(chain(100, "e%d + e%d")).put("ScanBy", "TimestampAscending")),
                "MetricDataResults");
        assertThat(values(results.getLast()).getFirst()).isGreaterThan(1e19);
    }

    @Test
    void expressionsMustNotBeTooDeep() {
        Output[] deep = chain(Query.MAX_QUERIES, "e%d + e%d");
        assertThat(refusal("GetMetricData", data(deep))).contains("is too deep");
        Output[] names = chain(Query.MAX_QUERIES, "e%d");
        assertThat(elements(ask("GetMetricData", data(names)), "MetricDataResults"))
                .hasSize(3);
        String sum = "m" + "+m".repeat(1_000);
        assertThat(refusal("GetMetricData", data(query("m", "Sum", 60), expression("e", sum))))
                .contains("is too deep");
    }

    @Test
    void expressionsMustNotTakeTooManyOperations() {
        String sum = "m" + "+m".repeat(500);
        Output hour = data(query("m", "Sum", 60), expression("e", sum));
        assertThat(elements(ask("GetMetricData", hour), "MetricDataResults")).hasSize(2);
        Output days = hour.put("EndTime", TEN.plus(Duration.ofDays(7)));
        assertThat(refusal("GetMetricData", days)).contains("operations");
    }

    @Test
    void aTokenHoldsOnAnotherServer() {
        Output request = data(query("m1", "Sum", 60)).put("MaxDatapoints", new Document.Whole(4));
        Document token = member(ask("GetMetricData", request), "NextToken");
        // Hash codes of enums and functions differ from process to process: the token must not come from them.
        assertThat(token).isEqualTo(new Document.Text("MDo2Oi0xMTQ2Nzk0MTQ"));
    }

    @Test
    void aMalformedRequestForDataIsRefused() {
        assertThat(refusal("GetMetricData", data()))
                .isEqualTo("MissingParameter: The parameter MetricDataQueries is required.");
        Output[] many = IntStream.rangeClosed(0, 500)
                .mapToObj(i -> query("m" + i, "Sum", 60))
                .toArray(Output[]::new);
        assertThat(refusal("GetMetricData", data(many)))
                .startsWith("ValidationError: The collection MetricDataQueries");
        assertThat(refusal("GetMetricData", data(query("m1", "Sum", 60), query("m1", "Sum", 60))))
                .contains("not unique");
        assertThat(refusal("GetMetricData", data(query("M1", "Sum", 60)))).startsWith("ValidationError: ");
        assertThat(refusal("GetMetricData", data(query("m1", "Mode", 60)))).contains("Stat");
        assertThat(refusal("GetMetricData", data(query("m1", "Sum", 45)))).contains("Period");
        assertThat(refusal("GetMetricData", data(new Output().put("Id", "m1")))).contains("Exactly one of");
        assertThat(refusal("GetMetricData", data(query("m1", "Sum", 60)).put("ScanBy", "Size")))
                .contains("ScanBy");
        assertThat(refusal(
                        "GetMetricData",
                        data(query("m1", "Sum", 60)).put("MaxDatapoints", new Document.Whole(100_801))))
                .contains("MaxDatapoints");
    }

    @Test
    void metricsAreListedByPages() {
        for (int i = 0; i < 700; i++) {
            store.record(reads("T" + i), 1);
        }
        var request = new Output().put("MetricName", "ConsumedReadCapacityUnits");
        Structure first = ask("ListMetrics", request);
        assertThat(elements(first, "Metrics")).hasSize(500);
        Structure second = ask("ListMetrics", request.put("NextToken", member(first, "NextToken")));
        assertThat(elements(second, "Metrics")).hasSize(201).doesNotContainAnyElementsOf(elements(first, "Metrics"));
        assertThat(second.members()).doesNotContainKey("NextToken");
    }

    @Test
    void metricsAreFoundByTheirDimensions() {
        var filter = new Output().put("Name", "TableName");
        assertThat(elements(ask("ListMetrics", new Output().put("Dimensions", List.of(filter.done()))), "Metrics"))
                .hasSize(1);
        assertThat(elements(
                        ask(
                                "ListMetrics",
                                new Output()
                                        .put(
                                                "Dimensions",
                                                List.of(filter.put("Value", "Other")
                                                        .done()))),
                        "Metrics"))
                .isEmpty();
        assertThat(elements(ask("ListMetrics", new Output().put("Namespace", "AWS/EC2")), "Metrics"))
                .isEmpty();
        Output recent = new Output().put("RecentlyActive", "PT3H");
        assertThat(elements(ask("ListMetrics", recent), "Metrics")).hasSize(1);
        clock.advance(Duration.ofHours(5));
        assertThat(elements(ask("ListMetrics", recent), "Metrics")).isEmpty();
        assertThat(refusal("ListMetrics", new Output().put("RecentlyActive", "PT1H")))
                .contains("RecentlyActive");
    }

    @Test
    void otherOperationsAreRefusedByName() {
        assertThat(refusal("PutMetricAlarm", new Output())).contains("InvalidAction", "PutMetricAlarm");
    }
}
