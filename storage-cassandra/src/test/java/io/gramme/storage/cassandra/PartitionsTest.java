package io.gramme.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.cassandra.Cql.Losses.Loss;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a commit whose answer gets lost. */
@Tag("cluster")
class PartitionsTest {
    private static final Bytes SORT = Bytes.utf8("i");

    private final Partitions partitions = new Partitions(TestKeyspace.cql(), TestKeyspace.options());
    private final PlacedKey place =
            PlacedKey.of(new PartitionKey(new TablespaceId(TestKeyspace.newShift()), Bytes.utf8("p")));

    private Partitions losing(Loss loss) {
        return new Partitions(TestKeyspace.cql().with(() -> loss), TestKeyspace.options());
    }

    private PartitionView read() {
        return partitions.read(place, Set.of(SORT));
    }

    private static List<RowChange> put(String value) {
        return List.of(new RowChange.Put(SORT, Bytes.utf8(value)));
    }

    private void commitMore(int howMany) {
        for (int i = 0; i < howMany; i++) {
            PartitionView view = read();
            assertThat(partitions.commit(
                            view, Partitions.newCommit(), view.register().stamp() + 1, put("more")))
                    .isTrue();
        }
    }

    @Test
    void oneThatWasMadeIsFoundToHaveBeenMade() {
        assertThat(losing(Loss.ANSWER).commit(read(), 1, 1, put("value"))).isTrue();
        assertThat(read().cell(SORT).value()).contains(Bytes.utf8("value"));
    }

    @Test
    void oneThatNeverArrivedIsShutOut() {
        PartitionView before = read();
        var deaf = new Partitions(TestKeyspace.cql().with(new FirstOnly(Loss.REQUEST)), TestKeyspace.options());
        assertThat(deaf.commit(before, 1, 1, put("value"))).isFalse();
        // It was only slow, and arrives now.
        assertThat(partitions.commit(before, 1, 1, put("value"))).isFalse();
        assertThat(read().cell(SORT).value()).isEmpty();
    }

    @Test
    void oneThatOthersFollowedIsFoundAmongTheLast() {
        PartitionView before = read();
        assertThat(partitions.commit(before, 1, 1, put("value"))).isTrue();
        commitMore(Register.REMEMBERED - 1);
        assertThat(losing(Loss.REQUEST).commit(before, 1, 1, put("value"))).isTrue();
    }

    @Test
    void oneThatOthersForestalledIsFoundNotToBeAmongTheLast() {
        commitMore(1);
        PartitionView before = read();
        commitMore(Register.REMEMBERED - 1);
        assertThat(losing(Loss.REQUEST).commit(before, 1, 99, put("value"))).isFalse();
    }

    @Test
    void ofOneThatManyFollowedItIsSaidThatNobodyKnows() {
        commitMore(1);
        PartitionView before = read();
        commitMore(Register.REMEMBERED);
        Partitions losing = losing(Loss.REQUEST);
        assertThatThrownBy(() -> losing.commit(before, 1, 99, put("value")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is unknown");
    }

    /** Loses the first, and no more. */
    private static final class FirstOnly implements Cql.Losses {
        private final Loss first;
        private boolean lost;

        FirstOnly(Loss first) {
            this.first = first;
        }

        @Override
        public Loss next() {
            Loss next = lost ? Loss.NOTHING : first;
            lost = true;
            return next;
        }
    }
}
