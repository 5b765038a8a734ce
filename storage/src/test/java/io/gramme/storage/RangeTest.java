package io.gramme.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void aPrefixEndsBeforeTheNextOne() {
        assertThat(Range.startingWith(Bytes.utf8("ab")))
                .isEqualTo(new Range(Bytes.utf8("ab"), Optional.of(Bytes.utf8("ac"))));
    }

    @Test
    void aPrefixOfHighestBytesHasNoEnd() {
        assertThat(Range.startingWith(Bytes.of(0xff)).to()).isEmpty();
        assertThat(Range.startingWith(Bytes.EMPTY).to()).isEmpty();
    }

    @Test
    void aRangeIsEmptyThatEndsWhereItBegins() {
        Bytes at = Bytes.utf8("m");
        assertThat(new Range(at, Optional.of(at)).isEmpty()).isTrue();
        assertThat(new Range(at, Optional.of(Bytes.utf8("a"))).isEmpty()).isTrue();
        assertThat(new Range(at, Optional.of(at.next())).isEmpty()).isFalse();
        assertThat(new Range(at, Optional.empty()).isEmpty()).isFalse();
    }

    @Test
    void theNarrowPartsRefuseWhatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Budget(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Budget(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new TablespaceId(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new PartitionKey(new TablespaceId(1), Bytes.wrap(new byte[PartitionKey.MAX_KEY + 1])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowKey(new PartitionKey(new TablespaceId(1), Bytes.EMPTY), Bytes.EMPTY));
    }
}
