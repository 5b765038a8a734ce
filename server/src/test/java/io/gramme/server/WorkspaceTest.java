package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkspaceTest {

    @Test
    void placesAreTakenAndGivenBack() {
        var space = new Workspace(64L << 26);
        int all = space.free();
        try (var _ = space.take(Workspace.BATCH);
                var _ = space.take(Workspace.PAGE)) {
            assertThat(space.free()).isEqualTo(all - 17 * Workspace.PAGE);
        }
        assertThat(space.free()).isEqualTo(all);
    }

    @Test
    void aSmallHeapStillServesALargeRequestOneAtATime() {
        var space = new Workspace(1);
        try (var _ = space.take(Workspace.BATCH)) {
            assertThat(space.free()).isZero();
        }
    }

    @Test
    void aRequestWaitsForAPlace() throws Exception {
        var space = new Workspace(1);
        Workspace.Taken all = space.take(Workspace.BATCH);
        Thread waiting =
                Thread.ofVirtual().start(() -> space.take(Workspace.PAGE).close());
        Thread.sleep(50);
        assertThat(waiting.isAlive()).isTrue();
        all.close();
        waiting.join();
    }

    @Test
    void aShortBodyNeedsNoPlaceAndALongOneAQuarterOfItsLength() {
        assertThat(Workspace.forBody(1_000)).isZero();
        assertThat(Workspace.forBody(400 << 10)).isEqualTo(100);
        assertThat(Workspace.forBody(16 << 20)).isEqualTo(4 * Workspace.PAGE);
        var space = new Workspace(1);
        try (var _ = space.take(Workspace.BATCH);
                var _ = space.take(0)) {
            assertThat(space.free()).isZero();
        }
    }
}
