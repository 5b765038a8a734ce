package io.gramme.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CurvesTest {

    private static Measurement measured(Target target, Workload workload, int connections, double perSecond) {
        var latencies = new Latencies();
        latencies.record(Duration.ofMillis(connections).toNanos());
        return new Measurement(
                target,
                new Measurement.Load(workload, 1000, connections),
                new HttpLoad.Outcome(latencies, perSecond, 0, Usage.NONE));
    }

    @Test
    void eachKindOfRequestHasItsPictureWithALineForEachTarget() {
        var pictures = Curves.of(List.of(
                measured(Target.ECHO, Workload.GET_ITEM, 32, 300),
                measured(Target.ECHO, Workload.GET_ITEM, 8, 200),
                measured(Target.GRAMME_DISK, Workload.GET_ITEM, 8, 100),
                measured(Target.ECHO, Workload.SCAN, 8, 5),
                measured(Target.ECHO, Workload.SCAN, 32, 6)));
        assertThat(pictures).containsOnlyKeys("GetItem-1000", "Scan-1000");
        assertThat(Objects.requireNonNull(pictures.get("GetItem-1000")).lines())
                .containsExactly(
                        new Chart.Line(
                                "echo", List.of(new Chart.Dot(200, 8000, "8"), new Chart.Dot(300, 32_000, "32"))),
                        new Chart.Line("gramme-disk", List.of(new Chart.Dot(100, 8000, "8"))));
    }

    @Test
    void oneNumberOfConnectionsMakesNoCurve() {
        assertThat(Curves.of(List.of(measured(Target.ECHO, Workload.SCAN, 8, 5))))
                .isEmpty();
    }
}
