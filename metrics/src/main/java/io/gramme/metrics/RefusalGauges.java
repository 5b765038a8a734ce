package io.gramme.metrics;

import io.gramme.security.audit.RefusedRequests;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;

/** The gauges of requests that were refused, by who sent them. For one thread at a time. */
final class RefusalGauges {
    private final RefusedRequests refused;
    private final MultiGauge gauge;

    RefusalGauges(RefusedRequests refused, MeterRegistry registry) {
        this.refused = refused;
        this.gauge = MultiGauge.builder("gramme.refused.requests")
                .description("Requests since the start whose signature was wrong or that policies did not allow")
                .register(registry);
    }

    void update() {
        var rows = new ArrayList<Row<?>>();
        refused.counts()
                .forEach((kind, count) -> rows.add(Row.of(
                        Tags.of("principal", kind.principal(), "address", kind.address(), "code", kind.code()),
                        count)));
        gauge.register(rows, true);
    }
}
