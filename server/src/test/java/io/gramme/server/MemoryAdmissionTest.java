package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryAdmissionTest {

    @Test
    void placesAreTakenAndGivenBack() {
        var space = new MemoryAdmission(64L << 26);
        int all = space.free();
        try (var _ = space.take(MemoryAdmission.BATCH);
                var _ = space.take(MemoryAdmission.PAGE)) {
            assertThat(space.free()).isEqualTo(all - 17 * MemoryAdmission.PAGE);
        }
        assertThat(space.free()).isEqualTo(all);
    }

    @Test
    void aSmallHeapStillServesALargeRequestOneAtATime() {
        var space = new MemoryAdmission(1);
        try (var _ = space.take(MemoryAdmission.BATCH)) {
            assertThat(space.free()).isZero();
        }
    }

    @Test
    void aRequestWaitsForAPlace() throws Exception {
        var space = new MemoryAdmission(1);
        MemoryAdmission.Taken all = space.take(MemoryAdmission.BATCH);
        Thread waiting =
                Thread.ofVirtual().start(() -> space.take(MemoryAdmission.PAGE).close());
        Thread.sleep(50);
        assertThat(waiting.isAlive()).isTrue();
        all.close();
        waiting.join();
    }

    @Test
    void aShortBodyNeedsNoPlaceAndALongOneAQuarterOfItsLength() {
        assertThat(MemoryAdmission.forBody(1_000)).isZero();
        assertThat(MemoryAdmission.forBody(400 << 10)).isEqualTo(100);
        assertThat(MemoryAdmission.forBody(16 << 20)).isEqualTo(4 * MemoryAdmission.PAGE);
        var space = new MemoryAdmission(1);
        try (var _ = space.take(MemoryAdmission.BATCH);
                var _ = space.take(0)) {
            assertThat(space.free()).isZero();
        }
    }
}
