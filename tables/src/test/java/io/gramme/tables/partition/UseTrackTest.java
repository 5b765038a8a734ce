package io.gramme.tables.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.tables.partition.UseTrack.Totals;
import org.junit.jupiter.api.Test;

class UseTrackTest {
    private final UseTrack track = new UseTrack(99);

    private static Totals reads(long halves) {
        return new Totals(halves, 0, 0, 0);
    }

    @Test
    void theLastSecondAndTheMeansOfTenSecondsAndAMinuteAreKnown() {
        for (int second = 0; second < 90; second++) {
            // 1 unit a second, then 10, and 40 in the last one.
            long halves = 2L * (Math.min(second + 1, 80) + 10L * Math.max(0, second - 79) + (second == 89 ? 30 : 0));
            track.tick(100 + second, new Totals(halves, 2 * halves, second, 2L * second));
        }
        Use use = track.use();
        assertThat(use.second()).isEqualTo(new Rate(40, 80));
        assertThat(use.tenSeconds()).isEqualTo(new Rate(13, 26));
        assertThat(use.minute()).isEqualTo(new Rate((50 + 130) / 60.0, (100 + 260) / 60.0));
        assertThat(use.refusedReads()).isEqualTo(60);
        assertThat(use.refusedWrites()).isEqualTo(120);
    }

    @Test
    void secondsThatWereMissedShareTheDifference() {
        track.tick(100, reads(2));
        track.tick(104, reads(2 + 80));
        assertThat(track.use().second().reads()).isEqualTo(10);
        assertThat(track.use().tenSeconds().reads()).isEqualTo(4.1);
        track.tick(1_000, reads(2 + 80 + 1_800));
        assertThat(track.use().minute().reads()).isEqualTo(15);
    }

    @Test
    void aMinuteWithoutUseEndsTheMemory() {
        track.tick(100, reads(2));
        track.tick(159, reads(2));
        assertThat(track.use().minute().reads()).isEqualTo(1 / 60.0);
        assertThat(track.isIdle()).isFalse();
        track.tick(160, reads(2));
        assertThat(track.isIdle()).isTrue();
        assertThat(track.use()).isEqualTo(Use.NONE);
        track.tick(161, reads(4));
        assertThat(track.use().second().reads()).isEqualTo(1);
    }

    @Test
    void totalsThatBeginAnewCountAsNothing() {
        track.tick(100, reads(200));
        track.tick(101, reads(0));
        assertThat(track.use().second()).isEqualTo(Rate.NONE);
    }
}
