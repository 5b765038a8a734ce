package io.gramme.tables.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A day of uneven load, as the page on throughput shows it. To draw its picture anew: {@code -Dgramme.pictures=write}.
 */
@Tag("slow")
class UnevenDayTest {
    private static final Path PICTURE = Path.of("..", "docs", "pictures", "uneven-day.svg");

    @Test
    void splitsServeWhatFourPartitionsRefuseAndThePageShowsThat() throws IOException {
        UnevenDay day = new UnevenDay(16).live();
        String picture = picture(day);
        if ("write".equals(System.getProperty("gramme.pictures"))) {
            Files.writeString(PICTURE, picture);
            System.out.printf(
                    "whole day: demand %.0f, split %.1f %%, fixed %.1f %%%n", UnevenDay.sum(day.demand, 0, 24),
                    100 * share(day.servedSplit, day, 0, 24), 100 * share(day.servedFixed, day, 0, 24));
            for (double[] span : new double[][] {{11, 12.5}, {15, 16}, {19, 22}}) {
                System.out.printf(
                        "%.1f-%.1f: split %.1f %%, fixed %.1f %%%n", span[0], span[1],
                        100 * share(day.servedSplit, day, span[0], span[1]),
                        100 * share(day.servedFixed, day, span[0], span[1]));
            }
            System.out.printf(
                    "partitions %.0f, warm %.0f%n", day.partitions[UnevenDay.POINTS - 1], day.warm[UnevenDay.POINTS - 1]);
        }
        assertThat(share(day.servedSplit, day, 0, 24)).isGreaterThan(share(day.servedFixed, day, 0, 24) + 0.05);
        assertThat(share(day.servedSplit, day, 20, 22)).isGreaterThan(0.97);
        assertThat(day.partitions).isSorted();
        assertThat(day.isCelebrityAlone()).isTrue();
        assertThat(Files.readString(PICTURE)).as("drawn anew by -Dgramme.pictures=write").isEqualTo(picture);
    }

    private static double share(double[] served, UnevenDay day, double from, double to) {
        return UnevenDay.sum(served, from, to) / UnevenDay.sum(day.demand, from, to);
    }

    private static String picture(UnevenDay day) {
        return new DayChart(
                        "A day of uneven load",
                        List.of(
                                new DayChart.Panel(
                                        "read units a second",
                                        24_000,
                                        List.of(
                                                DayChart.demand("asked for", day.demand),
                                                DayChart.fixed("served by four partitions", day.servedFixed),
                                                DayChart.split("served with splits", day.servedSplit))),
                                new DayChart.Panel(
                                        "use of the hottest partition, % of what a partition serves",
                                        120,
                                        List.of(
                                                DayChart.fixed("four partitions", day.hottestFixed),
                                                DayChart.split("with splits", day.hottestSplit))),
                                new DayChart.Panel(
                                        "partitions", 40, List.of(DayChart.split("with splits", day.partitions))),
                                new DayChart.Panel(
                                        "warm throughput, read units a second",
                                        40_000,
                                        List.of(DayChart.split("with splits", day.warm)))))
                .svg();
    }
}
