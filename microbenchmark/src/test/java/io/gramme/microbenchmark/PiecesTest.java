package io.gramme.microbenchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.security.policy.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That what is measured does what its name says. */
class PiecesTest {
    private final Pieces pieces = new Pieces();

    @Test
    void eachPieceDoesItsPart() {
        pieces.size = 1000;
        pieces.prepare();
        assertThat(pieces.readGetItem().request().key())
                .isEqualTo(pieces.decodeItem().only(List.of("p", "s")));
        assertThat(pieces.readPutItem().request().item()).isEqualTo(pieces.decodeItem());
        assertThat(pieces.encodeKey().isEmpty()).isFalse();
        assertThat(pieces.encodeItem().length()).isGreaterThan(1000);
        assertThat(pieces.measureStoredItem()).isBetween(1000, 1030);
        assertThat(pieces.evaluateCondition()).isTrue();
        assertThat(pieces.writeAnswer()).isEqualTo(pieces.writeAnswerFromStoredItem());
    }

    @Test
    void commitsToOneRowAndToManyAreDone() throws Exception {
        var commits = new Commits();
        for (int rows : new int[] {1, 1000}) {
            commits.rows = rows;
            commits.open();
            try {
                assertThat(commits.commit()).isEqualTo(128);
            } finally {
                commits.close();
            }
        }
    }

    @Test
    void policiesDecide() {
        var policies = new Policies();
        assertThat(policies.parse().statements()).hasSize(5);
        assertThat(policies.pick().outcome()).isEqualTo(Rules.Outcome.DEPENDS);
        assertThat(policies.decide().allowed()).isTrue();
        assertThat(policies.decideFromAll()).isEqualTo(policies.decide());
    }
}
