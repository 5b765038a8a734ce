package io.gramme.consistency;

import static io.gramme.consistency.Story.absent;
import static io.gramme.consistency.Story.append;
import static io.gramme.consistency.Story.is;
import static io.gramme.consistency.Story.remove;
import static io.gramme.consistency.Story.wasOnce;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.consistency.Anomaly.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each way in which a history can be wrong is found, and what only looks wrong is not. */
class HistoryCheckTest {

    private static void good(Story story) {
        assertThat(story.anomalies()).isEmpty();
    }

    private static void bad(Story story, Kind... kinds) {
        assertThat(story.kinds()).as("%s", story.anomalies()).containsExactlyInAnyOrder(kinds);
    }

    @Test
    void nothingIsLegal() {
        good(new Story());
    }

    @Test
    void requestsOneAfterAnotherAreLegal() {
        good(new Story()
                .done(0, 1, absent("x"))
                .done(2, 3, append("x", 1), append("y", 1))
                .done(4, 5, is("x", 1), append("x", 2))
                .done(6, 7, is("x", 1, 2), is("y", 1)));
    }

    @Test
    void concurrentRequestsMayComeInEitherOrder() {
        good(new Story()
                .done(0, 10, append("x", 1))
                .done(0, 10, append("x", 2))
                .done(1, 2, absent("x"))
                .done(3, 4, is("x", 2))
                .done(20, 21, is("x", 2, 1)));
    }

    @Test
    void aLostElementIsFound() {
        bad(new Story().done(0, 1, append("x", 1)).done(2, 3, append("x", 2)).done(4, 5, is("x", 2)), Kind.LOST);
    }

    @Test
    void anElementThatIsThereTwiceIsFound() {
        bad(new Story().done(0, 1, append("x", 1)).done(2, 3, is("x", 1, 1)), Kind.TWICE);
    }

    @Test
    void anElementOfNobodyIsFound() {
        bad(new Story().done(0, 1, append("x", 1)).done(2, 3, is("x", 1, 9)), Kind.INVENTED);
        bad(new Story().done(0, 1, wasOnce("x", 9)).done(2, 3, absent("x")), Kind.INVENTED, Kind.FORKED);
    }

    @Test
    void anElementOfARefusedRequestIsFound() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .refused(2, 3, append("x", 2))
                        .done(4, 5, is("x", 1, 2)),
                Kind.REFUSED_AND_DONE);
    }

    @Test
    void aDirtyReadIsFound() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .refused(2, 6, append("x", 2))
                        .done(3, 4, is("x", 1, 2))
                        .done(7, 8, is("x", 1)),
                Kind.REFUSED_AND_DONE);
    }

    @Test
    void listsThatPartAreFound() {
        bad(
                new Story()
                        .done(0, 9, append("x", 1))
                        .done(0, 9, append("x", 2))
                        .done(0, 9, is("x", 1))
                        .done(10, 11, is("x", 2, 1)),
                Kind.FORKED);
    }

    @Test
    void aLostUpdateIsFound() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .done(2, 9, is("x", 1), append("x", 2))
                        .done(2, 9, is("x", 1), append("x", 3))
                        .done(10, 11, is("x", 1, 2, 3)),
                Kind.NOT_LINEARIZABLE,
                Kind.NOT_SERIALIZABLE);
    }

    @Test
    void writeSkewIsFound() {
        Story story = new Story()
                .done(0, 1, append("x", 1), append("y", 1))
                .done(2, 9, is("x", 1), append("y", 2))
                .done(2, 9, is("y", 1), append("x", 3))
                .done(10, 11, is("x", 1, 3), is("y", 1, 2));
        bad(story, Kind.NOT_SERIALIZABLE);
        assertThat(story.anomalies().getFirst().text())
                .contains("#2 before #3: #2 did not find x [1, 3], which #3 wrote")
                .contains("#3 before #2: #3 did not find y [1, 2], which #2 wrote");
    }

    @Test
    void phantomsAreFound() {
        bad(
                new Story()
                        .done(0, 9, absent("x"), append("y", 1))
                        .done(0, 9, absent("y"), append("x", 2))
                        .done(10, 11, is("x", 2), is("y", 1)),
                Kind.NOT_SERIALIZABLE);
    }

    @Test
    void aFracturedReadIsFound() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1), append("y", 1))
                        .done(2, 9, append("x", 2), append("y", 2))
                        .done(2, 9, is("x", 1, 2), is("y", 1))
                        .done(10, 11, is("x", 1, 2), is("y", 1, 2)),
                Kind.NOT_SERIALIZABLE);
    }

    @Test
    void writesThatCrossAreFound() {
        bad(
                new Story()
                        .done(0, 9, append("x", 1), append("y", 1))
                        .done(0, 9, append("x", 2), append("y", 2))
                        .done(10, 11, is("x", 1, 2), is("y", 2, 1)),
                Kind.NOT_SERIALIZABLE);
    }

    @Test
    void aCircleOverManyRequestsIsFound() {
        var story = new Story();
        int count = 7;
        for (int i = 0; i < count; i++) {
            story.done(0, 9, absent("x" + i), append("x" + (i + 1) % count, i));
        }
        for (int i = 0; i < count; i++) {
            story.done(10, 11, is("x" + (i + 1) % count, i));
        }
        bad(story, Kind.NOT_SERIALIZABLE);
        assertThat(story.anomalies().getFirst().text()).contains("did not find x6 [5]");
    }

    @Test
    void aStaleReadIsFound() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .done(2, 3, append("x", 2))
                        .done(4, 5, is("x", 1))
                        .done(6, 7, is("x", 1, 2)),
                Kind.NOT_LINEARIZABLE);
        bad(
                new Story().done(0, 1, append("x", 1)).done(4, 5, absent("x")).done(6, 7, is("x", 1)),
                Kind.NOT_LINEARIZABLE);
    }

    @Test
    void aReadThatGoesBackIsFound() {
        bad(
                new Story()
                        .done(0, 9, append("x", 1))
                        .done(1, 2, is("x", 1))
                        .done(3, 4, absent("x"))
                        .done(10, 11, is("x", 1)),
                Kind.NOT_LINEARIZABLE);
    }

    @Test
    void anOrderAgainstRealTimeOverTwoItemsIsFound() {
        // Each item alone is in order, and without real time so are both: y, the reader, x.
        bad(
                new Story()
                        .done(0, 3, append("x", 1))
                        .done(4, 5, append("y", 1))
                        .done(0, 9, absent("x"), is("y", 1))
                        .done(10, 11, is("x", 1), is("y", 1)),
                Kind.NOT_STRICT);
    }

    @Test
    void anUnansweredRequestMayHaveBeenDoneOrNot() {
        good(new Story().unknown(0, append("x", 1), append("y", 1)).done(2, 3, is("x", 1), is("y", 1)));
        good(new Story().unknown(0, append("x", 1), append("y", 1)).done(2, 3, absent("x"), absent("y")));
        good(new Story().unknown(0, append("x", 1)).done(2, 3, absent("x")).done(4, 5, is("x", 1)));
    }

    @Test
    void anUnansweredRequestThatIsUndoneIsFound() {
        bad(
                new Story().unknown(0, append("x", 1)).done(2, 3, is("x", 1)).done(4, 5, absent("x")),
                Kind.NOT_LINEARIZABLE);
    }

    @Test
    void aRequestDoneByHalfIsFound() {
        bad(new Story().unknown(0, append("x", 1), append("y", 1)).done(2, 3, is("x", 1), absent("y")), Kind.HALF_DONE);
    }

    @Test
    void whatARefusalShowsIsARead() {
        good(new Story()
                .done(0, 1, append("x", 1))
                .refused(2, 3, append("x", 2), is("x", 1))
                .done(4, 5, is("x", 1)));
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .refused(2, 3, append("x", 2), absent("x"))
                        .done(4, 5, is("x", 1)),
                Kind.NOT_LINEARIZABLE);
    }

    @Test
    void anEventualReadMayBeOldAndMustHaveBeen() {
        good(new Story()
                .done(0, 1, append("x", 1))
                .done(2, 3, append("x", 2))
                .done(4, 5, wasOnce("x", 1))
                .done(6, 7, is("x", 1, 2)));
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .done(2, 3, append("x", 2))
                        .done(4, 5, wasOnce("x", 2))
                        .done(6, 7, is("x", 1, 2)),
                Kind.FORKED);
    }

    @Test
    void anItemMayGoAndComeBack() {
        good(new Story()
                .done(0, 1, absent("x"), append("x", 1))
                .done(2, 3, remove("x", 1))
                .done(4, 5, absent("x"))
                .done(6, 7, absent("x"), append("x", 2))
                .done(8, 9, remove("x", 1, 2))
                .done(8, 12, absent("x"))
                .done(13, 14, absent("x")));
        good(new Story()
                .done(0, 1, absent("x"), append("x", 1))
                .unknown(2, remove("x", 1))
                .done(4, 5, absent("x"))
                .done(6, 7, absent("x"), append("x", 2))
                .done(8, 9, is("x", 1, 2)));
    }

    @Test
    void aRemovalThatWasNotIsHarmlessIfItWasNotAnswered() {
        good(new Story()
                .done(0, 1, append("x", 1))
                .done(2, 3, append("x", 2))
                .unknown(4, remove("x", 1))
                .done(6, 7, is("x", 1, 2)));
    }

    @Test
    void anItemThatNobodyRemovedIsMissed() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .refused(2, 3, remove("x", 1))
                        .done(4, 5, absent("x"))
                        .done(6, 7, is("x", 1)),
                Kind.NOT_LINEARIZABLE);
    }

    @Test
    void whatIsThereAfterItsRemovalIsFound() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .done(2, 3, remove("x", 1))
                        .done(4, 5, is("x", 1)),
                Kind.NOT_LINEARIZABLE);
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .done(2, 3, remove("x", 1))
                        .done(4, 5, absent("x"), append("x", 2))
                        .done(6, 7, absent("x"))
                        .done(8, 9, is("x", 1, 2)),
                Kind.NOT_LINEARIZABLE);
    }

    @Test
    void oneRemovalAnsweredTwiceIsFound() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1))
                        .done(2, 9, remove("x", 1))
                        .done(2, 9, remove("x", 1))
                        .done(10, 11, absent("x")),
                Kind.TWICE);
    }

    @Test
    void aRemovalAndAnotherWriteAreOneTransaction() {
        bad(
                new Story()
                        .done(0, 1, append("x", 1), append("y", 1))
                        .done(2, 9, remove("x", 1), append("y", 2))
                        .done(2, 9, is("x", 1), is("y", 1, 2))
                        .done(10, 11, absent("x"), is("y", 1, 2)),
                Kind.NOT_SERIALIZABLE);
    }

    @Test
    void operationsAreShownAsTheyWere() {
        Operation operation = new Operation(
                7, 3, "PutItem", 1_500, Operation.NEVER, Fate.UNKNOWN, List.of(append("x", 1), absent("y")));
        assertThat(operation).hasToString("#7 PutItem of client 3, 0.000002 s to ?, UNKNOWN: x += 1; y is absent;");
    }
}
