package io.gramme.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.delivery.follow.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers that share a store; a third, whose triggers never get to run, is who clients speak to. */
class SharedTriggersTest {
    private final Shop shop = new Shop(Optional.empty());
    private final FakeWeb web = new FakeWeb();
    private final FakeWeb otherWeb = new FakeWeb();
    private final Steps steps = new Steps();
    private final Steps otherSteps = new Steps();
    private Triggers triggers;
    private Triggers others;

    @BeforeEach
    void open() {
        shop.table("NEW_IMAGE");
        triggers = shop.beside(web, steps);
        others = shop.beside(otherWeb, otherSteps);
    }

    @AfterEach
    void close() {
        triggers.close();
        others.close();
        shop.close();
    }

    private void settle() {
        steps.settle();
        otherSteps.settle();
    }

    @Test
    void whoeverHoldsThemRunsThemAndGoesOnWhereTheOtherCameTo() {
        shop.trigger("");
        shop.put("a", 1);
        var _ = triggers.run();
        settle();
        assertThat(web.numbers()).containsExactly(List.of("1"));
        assertThat(otherWeb.posts).isEmpty();

        triggers.handOver();
        shop.put("a", 2);
        settle();
        assertThat(web.posts).hasSize(1);
        var _ = others.run();
        settle();
        assertThat(web.posts).hasSize(1);
        assertThat(otherWeb.numbers()).containsExactly(List.of("2"));
    }

    @Test
    void whatIsMadeChangedOrDeletedAtAnotherServerIsTakenUpByTheNextPass() {
        var _ = triggers.run();
        String id = shop.trigger("");
        shop.announce();
        shop.put("a", 1);
        settle();
        assertThat(web.posts).isEmpty();
        var _ = triggers.run();
        settle();
        assertThat(web.numbers()).containsExactly(List.of("1"));

        shop.update(id, ", Enabled: false");
        shop.announce();
        var _ = triggers.run();
        shop.put("a", 2);
        settle();
        assertThat(web.posts).hasSize(1);

        shop.update(id, ", Enabled: true");
        shop.announce();
        var _ = triggers.run();
        settle();
        assertThat(web.numbers()).containsExactly(List.of("1"), List.of("2"));

        shop.client.callGramme("DeleteEventSourceMapping", "{UUID: '" + id + "'}");
        shop.announce();
        var _ = triggers.run();
        shop.put("a", 3);
        settle();
        assertThat(web.posts).hasSize(2);
    }

    @Test
    void whatAServerCouldNotAnnounceIsTakenUpWithinAMinute() {
        var _ = triggers.run();
        shop.trigger("");
        shop.put("a", 1);
        var _ = triggers.run();
        settle();
        assertThat(web.posts).isEmpty();

        shop.pass(Duration.ofMinutes(1));
        var _ = triggers.run();
        settle();
        assertThat(web.numbers()).containsExactly(List.of("1"));
    }
}
