package io.gramme.tables.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A day of uneven load, as the page on throughput shows it. */
class UnevenDayTest {
    private static final long SEED = 16;
    private static final Path PICTURE = Path.of("..", "docs", "pictures", "uneven-day.svg");

    @Test
    void aKeyThatEveryoneReadsIsIsolatedAndItsNeighboursAreServedAgain() {
        UnevenDay noon = new UnevenDay(SEED).live(10.75, 12);
        assertThat(noon.isCelebrityAlone()).isTrue();
        assertThat(share(noon.servedSplit, noon, 11.5, 12)).isGreaterThan(0.99);
        assertThat(share(noon.servedFixed, noon, 11.5, 12)).isLessThan(0.9);
    }

    @Test
    void aSaleOfThingsThatLieCloseTogetherIsServedAfterSomeSplits() {
        UnevenDay sale = new UnevenDay(SEED).live(14.75, 16);
        assertThat(share(sale.servedSplit, sale, 15.5, 16)).isGreaterThan(0.97);
        assertThat(share(sale.servedFixed, sale, 15.5, 16)).isLessThan(0.8);
    }

    /** Draws the picture of the page: a day takes a minute. */
    @Test
    @EnabledIfSystemProperty(named = "gramme.pictures", matches = "write")
    void theWholeDayIsDrawn() throws IOException {
        UnevenDay day = new UnevenDay(SEED).live(0, 24);
        assertThat(day.partitions).isSorted();
        Files.writeString(PICTURE, picture(day));
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
                                        "partitions", 20, List.of(DayChart.split("with splits", day.partitions))),
                                new DayChart.Panel(
                                        "warm throughput, read units a second",
                                        40_000,
                                        List.of(DayChart.split("with splits", day.warm)))))
                .svg();
    }
}
