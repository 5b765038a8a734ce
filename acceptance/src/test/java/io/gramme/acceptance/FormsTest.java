package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gramme.devcluster.ClusterOptions.Wiring;
import io.gramme.devcluster.DevCluster;
import io.gramme.devcluster.SharedCluster;
import io.gramme.differential.Contest;
import io.gramme.differential.Report;
import io.gramme.differential.Trace;
import io.gramme.differential.compare.KnownDifferences;
import io.gramme.differential.side.Form;
import io.gramme.differential.side.Gramme;
import io.gramme.differential.side.Installation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same requests to Gramme in two of its forms, as {@code differential/run --peer FORM} plays them: every answer is equal. For
 * longer: {@code -Dgramme.forms.requests=200000}; other requests: {@code -Dgramme.forms.seed=5000}.
 */
@Tag("cluster")
@ResourceLock("nodes")
class FormsTest {
    private static final long REQUESTS = Long.getLong("gramme.forms.requests", 2_640);
    private static final long FEWER_REQUESTS = Long.getLong("gramme.forms.requests", 250);
    private static final long SEED = Long.getLong("gramme.forms.seed", 1);

    /** From a game about transactions to one about tables. */
    private static final long SEED_OF_FEWER = SEED + 3;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"memory, disk", "memory, embedded"})
    void twoFormsOnOneMachineAnswerAlike(String one, String other) throws Exception {
        assertAlike(one, other, Optional.empty(), new Contest.Plan(SEED, REQUESTS));
    }

    @Test
    void aServerThatIsKilledOrEndedInTheMiddleOfEachGameAnswersAsOneThatRunsOn() throws Exception {
        assertAlike("disk", "restart", Optional.empty(), new Contest.Plan(SEED_OF_FEWER, FEWER_REQUESTS));
    }

    @ParameterizedTest
    @CsvSource({"disk, cassandra", "memory, two-servers"})
    void serversOverCassandraAnswerAsOneOnItsOwnDoes(String one, String other) throws Exception {
        Wiring wiring = Wiring.whyNotApart().isEmpty() ? Wiring.APART : Wiring.LOOPBACK;
        DevCluster cluster = SharedCluster.threeNodes(wiring);
        String points = cluster.contactPoints().stream().map(TwoServers::text).collect(Collectors.joining(","));
        assertAlike(one, other, Optional.of(points), new Contest.Plan(SEED_OF_FEWER, FEWER_REQUESTS));
    }

    private void assertAlike(String one, String other, Optional<String> cassandra, Contest.Plan plan) throws Exception {
        Installation installation = Installation.ofClassPath(cassandra, directory);
        var contest = new Contest(
                new Gramme(Form.of(one), installation),
                new Gramme(Form.of(other), installation),
                KnownDifferences.none());
        Report report = contest.play(plan, Trace.none());
        assertThat(report.isClean()).as(report.text()).isTrue();
    }

    @Test
    void aFormThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThat(Form.names()).contains("memory", "disk", "restart", "embedded", "cassandra", "two-servers");
        assertThat(catchThrowable(() -> Form.of("paper"))).hasMessageContaining("memory, disk");
    }
}
