package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WirePartsTest {

    @Test
    void requestIdsAreUniqueAndLookLikeTheServices() {
        var ids = new RequestIds(new SplittableRandom(7));
        var seen = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            String id = ids.next();
            assertThat(id).matches("[0-9A-Z]{52}");
            assertThat(seen.add(id)).isTrue();
        }
        assertThat(new RequestIds(new SplittableRandom(8)).next()).isNotIn(seen);
    }

    @Test
    void everyDigitOfARequestIdVaries() {
        var ids = new RequestIds(new SplittableRandom(7));
        for (int digit = 0; digit < 51; digit++) {
            var values = new HashSet<Character>();
            for (int i = 0; i < 1000; i++) {
                values.add(ids.next().charAt(digit));
            }
            assertThat(values).hasSize(32);
        }
    }

    @Test
    void theDateIsWrittenAsHttpHasItAndFollowsTheClock() {
        var now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.9Z"));
        var date = new HttpDate(now::get);
        assertThat(date.now()).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
        now.set(Instant.parse("2026-01-02T03:04:06Z"));
        assertThat(date.now()).isEqualTo("Fri, 02 Jan 2026 03:04:06 GMT");
    }

    @Test
    void aBodyIsPutTogetherFromItsPieces() {
        var memory = new BodyMemory(1 << 20);
        try (var body = new BodyBuffer(100_000, memory)) {
            assertThat(body.expect(60_000)).isEqualTo(BodyBuffer.Fit.FITS);
            var expected = new StringBuilder();
            for (int i = 0; i < 6000; i++) {
                String piece = "%010d".formatted(i);
                expected.append(piece);
                assertThat(body.append(Unpooled.copiedBuffer(piece, UTF_8))).isEqualTo(BodyBuffer.Fit.FITS);
            }
            assertThat(body.bytes()).isEqualTo(Bytes.utf8(expected.toString()));
            assertThat(memory.held()).isEqualTo(60_000);
        }
        assertThat(memory.held()).isZero();
    }

    @Test
    void theAnnouncedLengthIsTakenOnceAQuarterOfItIsThere() {
        var memory = new BodyMemory(1 << 20);
        try (var body = new BodyBuffer(1 << 20, memory)) {
            assertThat(body.expect(400_000)).isEqualTo(BodyBuffer.Fit.FITS);
            body.append(new byte[1_000], 1_000);
            assertThat(memory.held()).isEqualTo(16 << 10);
            body.append(new byte[50_000], 50_000);
            assertThat(memory.held()).isEqualTo(4 * 51_000);
            body.append(new byte[200_000], 200_000);
            assertThat(memory.held()).isEqualTo(400_000);
        }
    }

    @Test
    void aBodyOfUnknownLengthDoublesSoThatItIsSeldomCopied() {
        var memory = new BodyMemory(4 << 20);
        try (var body = new BodyBuffer(1 << 20, memory)) {
            assertThat(body.expect(0)).isEqualTo(BodyBuffer.Fit.FITS);
            long growths = 0;
            long held = 0;
            for (int i = 0; i < 1000; i++) {
                body.append(new byte[1_000], 1_000);
                growths += memory.held() == held ? 0 : 1;
                held = memory.held();
            }
            assertThat(growths).isLessThan(8);
            assertThat(held).isLessThanOrEqualTo(1 << 20);
        }
    }

    @Test
    void aBodyMayBeLongerThanExpectedButNotThanItsBound() {
        try (var body = new BodyBuffer(100, new BodyMemory(1000))) {
            assertThat(body.expect(10)).isEqualTo(BodyBuffer.Fit.FITS);
            assertThat(body.append(new byte[100], 100)).isEqualTo(BodyBuffer.Fit.FITS);
            assertThat(body.append(new byte[1], 1)).isEqualTo(BodyBuffer.Fit.TOO_LARGE);
            assertThat(body.bytes().length()).isEqualTo(100);
        }
    }

    @Test
    void whatIsAnnouncedHoldsNoMemoryUntilItComes() {
        var memory = new BodyMemory(32 << 10);
        try (var body = new BodyBuffer(16 << 20, memory)) {
            assertThat(body.expect(16 << 20)).isEqualTo(BodyBuffer.Fit.FITS);
            assertThat(memory.held()).isZero();
            assertThat(body.append(new byte[64 << 10], 64 << 10)).isEqualTo(BodyBuffer.Fit.NO_MEMORY);
        }
        assertThat(memory.held()).isZero();
    }
}
