package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceRequest;
import io.gramme.monitoring.MetricStore;
import io.gramme.tables.table.AccountRegion;
import java.time.InstantSource;

/** The service CloudWatch, as far as it reads the metrics of DynamoDB. */
public final class CloudWatch implements AwsService {
    private static final Names NAMES = new Names(
            "GraniteServiceVersion20100801",
            "2010-08-01",
            "http://monitoring.amazonaws.com/doc/2010-08-01/",
            "com.amazonaws.cloudwatch",
            "monitoring");

    private final ListMetrics listMetrics;
    private final GetMetricStatistics getMetricStatistics;
    private final GetMetricData getMetricData;

    public CloudWatch(MetricStore store, InstantSource clock) {
        var reader = new MetricReader(store);
        this.listMetrics = new ListMetrics(store, clock);
        this.getMetricStatistics = new GetMetricStatistics(reader);
        this.getMetricData = new GetMetricData(reader);
    }

    @Override
    public Names names() {
        return NAMES;
    }

    @Override
    public Document.Structure answer(ServiceRequest request) {
        var owner =
                new AccountRegion(request.caller().account(), request.caller().region());
        Input input = request.input();
        return switch (request.operation()) {
            case "ListMetrics" -> listMetrics.answer(owner, input);
            case "GetMetricStatistics" -> getMetricStatistics.answer(owner, input);
            case "GetMetricData" -> getMetricData.answer(owner, input);
            default -> throw CloudWatchErrors.operationNotServed(request.operation());
        };
    }
}
