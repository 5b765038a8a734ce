package io.gramme.tables.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final Bytes CHANGE = Bytes.utf8("a change");
    private static final RowKey ROW = new RowKey(new PartitionKey(new TablespaceId(7), Bytes.utf8("p")), Bytes.of(1));

    private final Fleet fleet = new Fleet();

    @Test
    void whatIsAnnouncedIsTakenUpByEveryServer() {
        Fleet.Member one = fleet.join();
        Fleet.Member other = fleet.join();
        fleet.look(one, other);

        long number = one.membership.announce(CHANGE);
        assertThat(one.membership.haveReloaded(number)).isFalse();
        fleet.look(one);
        assertThat(one.takenUp).containsExactly(CHANGE);
        assertThat(one.membership.haveReloaded(number)).as("the other has not").isFalse();

        fleet.look(other, one);
        assertThat(other.takenUp).containsExactly(CHANGE);
        assertThat(one.membership.haveReloaded(number)).isTrue();
    }

    @Test
    void whatAReplicaThatIsBehindDoesNotShowIsSeenWithTheNextSignOfLife() {
        Fleet.Member one = fleet.join();
        Fleet.Member other = fleet.join();
        fleet.look(one, other);
        fleet.store.fallBehind();
        fleet.look(one);

        long number = other.membership.announce(CHANGE);
        fleet.look(one);
        assertThat(one.takenUp).isEmpty();
        assertThat(other.membership.haveReloaded(number)).isFalse();
        fleet.pass(Fleet.TIMING.heartbeat().plus(Fleet.TIMING.heartbeat()), one, other);
        assertThat(one.takenUp).containsExactly(CHANGE);
        assertThat(other.membership.haveReloaded(number)).isTrue();
    }

    @Test
    void aServerInWhichSomethingOldIsUnderWayHasNotTakenUpAnything() {
        Fleet.Member one = fleet.join();
        Fleet.Member other = fleet.join();
        other.settled = false;
        long number = one.membership.announce(CHANGE);
        fleet.pass(Duration.ofSeconds(60), one, other);
        assertThat(one.membership.haveReloaded(number)).isFalse();

        other.settled = true;
        fleet.look(other, one);
        assertThat(one.membership.haveReloaded(number)).isTrue();
    }

    @Test
    void aServerThatJoinsKnowsWhatWasAnnouncedBefore() {
        Fleet.Member one = fleet.join();
        long number = one.membership.announce(CHANGE);
        Fleet.Member later = fleet.join();
        fleet.look(one, later);
        assertThat(later.takenUp).isEmpty();
        assertThat(later.membership.haveReloaded(number)).isTrue();
    }

    @Test
    void aSilentServerCeasesToServeBeforeItIsStruckOff() {
        Fleet.Member one = fleet.join();
        Fleet.Member silent = fleet.join();
        long number = one.membership.announce(CHANGE);
        fleet.pass(Fleet.TIMING.selfFence().minusMillis(200), one);
        assertThat(silent.membership.isInTouch()).isTrue();

        fleet.pass(Duration.ofMillis(400), one);
        assertThat(silent.membership.isInTouch()).isFalse();
        assertThat(one.membership.members()).hasSize(2);
        assertThat(one.membership.haveReloaded(number))
                .as("it may not have ceased yet, as far as anyone knows")
                .isFalse();

        fleet.pass(Fleet.TIMING.evict(), one);
        assertThat(one.membership.members()).hasSize(1);
        assertThat(one.membership.haveReloaded(number)).isTrue();
        assertThat(one.membership.isInTouch()).isTrue();
    }

    @Test
    void whoeverComesBackServesAgainWhenItHasReadEverythingAndNothingOldIsUnderWay() {
        Fleet.Member one = fleet.join();
        Fleet.Member back = fleet.join();
        fleet.pass(Fleet.TIMING.evict().multipliedBy(2), one);
        back.settled = false;

        fleet.pass(Duration.ofSeconds(1), back, one);
        assertThat(back.takenUpWhole).isPositive();
        assertThat(back.membership.isInTouch()).isFalse();
        assertThat(one.membership.members())
                .as("it is on the roll, and waited for")
                .hasSize(2);

        back.settled = true;
        fleet.look(back);
        assertThat(back.membership.isInTouch()).isTrue();
        long number = one.membership.announce(CHANGE);
        fleet.look(back, one);
        assertThat(one.membership.haveReloaded(number)).isTrue();
    }

    @Test
    void whoeverIsFurtherBehindThanAnnouncementsAreKeptReadsEverything() {
        Fleet.Member one = fleet.join();
        Fleet.Member behind = fleet.join();
        for (int i = 0; i < 1_000; i++) {
            one.membership.announce(Bytes.utf8("change " + i));
        }
        fleet.look(behind);
        assertThat(behind.takenUpWhole).isEqualTo(1);
        assertThat(behind.takenUp).isEmpty();
    }

    @Test
    void everythingIsReadNowAndThen() {
        Fleet.Member one = fleet.join();
        fleet.pass(Duration.ofMinutes(3), one);
        assertThat(one.takenUpWhole).isBetween(2, 3);
    }

    @Test
    void whoeverLeavesIsNotWaitedFor() {
        Fleet.Member one = fleet.join();
        Fleet.Member leaving = fleet.join();
        long number = one.membership.announce(CHANGE);
        leaving.membership.leave();
        fleet.look(one, leaving, one);
        assertThat(one.membership.haveReloaded(number)).isTrue();
        assertThat(leaving.membership.isInTouch()).isFalse();
        assertThat(one.membership.members()).hasSize(1);
    }

    @Test
    void aServerOutOfTouchNeitherReadsNorWrites() {
        Fleet.Member one = fleet.join();
        RowStore fenced = one.membership.fence(fleet.store);
        write(fenced, "while in touch");
        assertThat(fenced.get(ROW, Consistency.STRONG)).isPresent();

        fleet.pass(Fleet.TIMING.selfFence());
        assertThatThrownBy(() -> fenced.get(ROW, Consistency.STRONG)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> write(fenced, "out of touch")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> fenced.drop(new TablespaceId(7))).isInstanceOf(ApiException.class);
        assertThat(fleet.store.get(ROW, Consistency.STRONG).orElseThrow().value())
                .isEqualTo(Bytes.utf8("while in touch"));
    }

    @Test
    void aServerOutOfTouchDoesNotWaitForAStoreThatIsOutOfReach() {
        RowStore fenced = fleet.join().membership.fence(fleet.store);
        fleet.pass(Fleet.TIMING.selfFence());
        fleet.store.close();
        assertThatThrownBy(() -> fenced.get(ROW, Consistency.STRONG)).isInstanceOf(ApiException.class);
    }

    @Test
    void aServerThatLosesTouchWhileATransactionIsRunningDoesNotCommitIt() {
        Fleet.Member one = fleet.join();
        RowStore fenced = one.membership.fence(fleet.store);
        assertThatThrownBy(() -> fenced.transact(Set.of(ROW), _ -> {
                    fleet.pass(Fleet.TIMING.selfFence());
                    return new Outcome<>(List.of(new Write.Put(ROW, CHANGE)), true);
                }))
                .isInstanceOf(ApiException.class);
        assertThat(fleet.store.get(ROW, Consistency.STRONG)).isEmpty();
    }

    private static void write(RowStore store, String value) {
        store.transact(Set.of(ROW), _ -> new Outcome<>(List.of(new Write.Put(ROW, Bytes.utf8(value))), true));
    }
}
