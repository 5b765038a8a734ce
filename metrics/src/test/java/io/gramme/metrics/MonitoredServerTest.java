package io.gramme.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Engine;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Monitoring;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitoredServerTest {
    private static final String TABLE = """
            {"TableName":"Music","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"by","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
             "GlobalSecondaryIndexes":[{"IndexName":"by-whom","Projection":{"ProjectionType":"ALL"},
              "KeySchema":[{"AttributeName":"by","KeyType":"HASH"}]}]}""";
    private static final String ITEM = """
            {"TableName":"Music","Item":{"id":{"S":"1"},"by":{"S":"someone"}}}""";

    private final HttpCalls calls = new HttpCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private String metric(Server server, String name) throws Exception {
        return calls.get(server.metricsAddress().orElseThrow(), "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }

    @Test
    void aServerTellsMonitorsHowFarIndexesAreBehind() throws Exception {
        var options = ServerOptions.with(new Engine.Memory(Duration.ofHours(1))).at(new Monitoring(0, Metrics::new));
        try (var server = Server.start(options)) {
            assertThat(metric(server, "gramme_index_lag_seconds")).isEqualTo("0.0");
            assertThat(calls.call(server, "CreateTable", TABLE).statusCode()).isEqualTo(200);
            assertThat(calls.call(server, "PutItem", ITEM).statusCode()).isEqualTo(200);
            Thread.sleep(100);
            assertThat(Double.parseDouble(metric(server, "gramme_index_lag_seconds")))
                    .isBetween(0.1, 3_600.0);
            assertThat(metric(server, "gramme_requests_seconds_count{operation=\"PutItem\",outcome=\"ok\"}"))
                    .isEqualTo("1");
            assertThat(metric(server, "gramme_expiry_lag_seconds")).isEqualTo("0.0");
            assertThat(metric(
                            server,
                            "gramme_connections{port=\"" + server.address().getPort() + "\"}"))
                    .isEqualTo("1.0");
        }
    }

    @Test
    void monitorsSeeTheMetricsOfTablesByTheNamesOfCloudWatch() throws Exception {
        try (var server = Server.start(ServerOptions.inMemory().at(new Monitoring(0, Metrics::new)))) {
            assertThat(calls.call(server, "CreateTable", TABLE).statusCode()).isEqualTo(200);
            assertThat(calls.call(server, "PutItem", ITEM).statusCode()).isEqualTo(200);
            String page =
                    calls.get(server.metricsAddress().orElseThrow(), "/metrics").body();
            assertThat(page)
                    .containsPattern(
                            "gramme_consumed_write_capacity_units_total\\{account=\"\\d+\",index=\"\",operation=\"\","
                                    + "region=\"[a-z0-9-]+\",stream=\"\",table=\"Music\"} 1\\.0")
                    .containsPattern("gramme_consumed_write_capacity_units_total\\{.*index=\"by-whom\".*} 1\\.0")
                    .containsPattern(
                            "gramme_successful_request_latency_milliseconds_count\\{.*operation=\"PutItem\".*} 1")
                    .contains("gramme_metric_values_dropped_total 0.0");
        }
    }
}
