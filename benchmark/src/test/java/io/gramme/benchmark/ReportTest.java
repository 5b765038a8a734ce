package io.gramme.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gramme.benchmark.Measurement.Load;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Load GETS = new Load(Workload.GET_ITEM, 100, 8);
    private static final Load MORE_GETS = new Load(Workload.GET_ITEM, 100, 32);

    private static Measurement measurement(Target target, Load load, double perSecond) {
        var latencies = new Latencies();
        for (int i = 0; i < 1000; i++) {
            latencies.record(250_000);
        }
        return new Measurement(
                target,
                load,
                new HttpLoad.Outcome(latencies, perSecond, 0, new Usage(Duration.ofMillis(50), 4_000_000, 90_000_000)));
    }

    private static Measurement failed(Target target, Load load) {
        return new Measurement(target, load, new HttpLoad.Outcome(new Latencies(), 0, 7, Usage.NONE));
    }

    @Test
    void aTargetIsAMultipleOfItsPeersAndOfTheBareNetwork() {
        var report = new Report(List.of(
                measurement(Target.ECHO, GETS, 4_000),
                measurement(Target.GRAMME_DISK, GETS, 12_000),
                measurement(Target.DYNALITE_DISK, GETS, 3_000),
                measurement(Target.DYNALITE_MEMORY, GETS, 24_000)));
        assertThat(report.table().lines().filter(line -> line.contains("gramme-disk")))
                .singleElement()
                .asString()
                .matches("GetItem +100 +8 gramme-disk +12,000 +250 +250 +- +50 +4,000 +90 +0 +3.00 +4.00 +0.50");
    }

    @Test
    void halfAsFastAndEightTimesAsFastMakesTwiceAsFast() {
        var report = new Report(List.of(
                measurement(Target.GRAMME_DISK, GETS, 500),
                measurement(Target.DYNALITE_DISK, GETS, 1_000),
                measurement(Target.GRAMME_DISK, MORE_GETS, 8_000),
                measurement(Target.DYNALITE_DISK, MORE_GETS, 1_000)));
        assertThat(report.meanRatio(Workload.GET_ITEM, Report.DISK, Measurement::rate))
                .hasValueCloseTo(2.0, within(1e-9));
        assertThat(report.meanRatio(Workload.QUERY, Report.DISK, Measurement::rate))
                .isEmpty();
    }

    @Test
    void errorsAreCountedAndNotCompared() {
        var report =
                new Report(List.of(measurement(Target.GRAMME_DISK, GETS, 12_000), failed(Target.DYNALITE_DISK, GETS)));
        assertThat(report.errors()).isEqualTo(7);
        assertThat(report.table()).containsPattern("dynalite-disk +0.0 .* 7 +- +- +-\n");
        assertThat(report.meanRatio(Workload.GET_ITEM, Report.DISK, Measurement::rate))
                .isEmpty();
    }

    @Test
    void programsReadJsonLines() {
        var report = new Report(List.of(measurement(Target.DYNALITE_MEMORY, GETS, 1234.56)));
        assertThat(report.jsonLines())
                .containsExactly("{\"target\":\"dynalite-memory\",\"operation\":\"GetItem\",\"itemBytes\":100,"
                        + "\"connections\":8,\"requests\":1000,\"errors\":0,\"perSecond\":1234.6,\"p50\":250.0,"
                        + "\"p99\":250.0,\"p999\":250.0,\"processorPerRequest\":50.0,\"allocatedPerRequest\":4000,"
                        + "\"residentBytes\":90000000}");
    }
}
