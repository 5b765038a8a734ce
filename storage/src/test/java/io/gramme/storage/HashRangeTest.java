package io.gramme.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashRangeTest {
    private static final TablespaceId ONE = new TablespaceId(1);

    private static BigInteger unsigned(long hash) {
        return new BigInteger(Long.toUnsignedString(hash));
    }

    @Test
    void theWholeContainsEveryHash() {
        HashRange whole = HashRange.whole(ONE, 0);
        assertThat(List.of(0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, -1L)).allMatch(whole::contains);
    }

    @Test
    void oneSegmentIsTheWhole() {
        assertThat(HashRange.segment(ONE, 2, 0, 1)).isEqualTo(HashRange.whole(ONE, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 999_999, 1_000_000})
    void segmentsFollowOneAnotherWithoutGapAndDifferInWidthByOneAtMost(int total) {
        BigInteger width = BigInteger.ONE.shiftLeft(64).divide(BigInteger.valueOf(total));
        BigInteger next = BigInteger.ZERO;
        int step = Math.max(1, total / 1000);
        for (int segment = 0; segment < total; segment++) {
            HashRange range = HashRange.segment(ONE, 0, segment, total);
            if (segment % step == 0 || segment == total - 1) {
                assertThat(unsigned(range.from())).isEqualTo(next);
                assertThat(unsigned(range.to()).subtract(next).add(BigInteger.ONE))
                        .isBetween(width, width.add(BigInteger.ONE));
            }
            next = unsigned(range.to()).add(BigInteger.ONE);
        }
        assertThat(next).isEqualTo(BigInteger.ONE.shiftLeft(64));
    }

    @Test
    void aRangeContainsItsBoundsAndNothingBeyond() {
        var range = new HashRange(ONE, 0, Long.MAX_VALUE, Long.MIN_VALUE + 5, Optional.empty());
        assertThat(range.contains(Long.MAX_VALUE)).isTrue();
        assertThat(range.contains(Long.MIN_VALUE + 5)).isTrue();
        assertThat(range.contains(Long.MAX_VALUE - 1)).isFalse();
        assertThat(range.contains(Long.MIN_VALUE + 6)).isFalse();
        assertThat(range.contains(-1)).isFalse();
    }
}
