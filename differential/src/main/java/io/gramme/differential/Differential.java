package io.gramme.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.differential.compare.KnownDifferences;
import io.gramme.differential.side.Contestant;
import io.gramme.differential.side.Contestants;
import io.gramme.differential.side.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command differential/run: sends seeded random requests to Gramme and to a peer, and reports how the answers
 * differ.
 */
@Command(
        name = "differential/run",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Send seeded random requests to Gramme and to a peer, and report how the answers differ.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every difference is known", "1:some are not, or the run failed", "2:wrong command line"})
public final class Differential implements Callable<Integer> {
    /** The known differences between forms of Gramme: none. */
    private static final String DYNALITE = "dynalite";

    @Option(
            names = "--peer",
            paramLabel = "PEER",
            description =
                    "Compare with one of ${COMPLETION-CANDIDATES}, or with the endpoint at a URL. Requests to a URL"
                            + " are signed with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
            completionCandidates = Peers.class)
    private String peer = DYNALITE;

    @Option(names = "--gramme", paramLabel = "FORM", description = "Run this form of Gramme beside the peer.")
    private String gramme = "memory";

    @Option(names = "--requests", paramLabel = "COUNT", description = "Send about this many requests.")
    private long requests = 200_000;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Seed of the first game; each game takes the next one.")
    private long seed = 1;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Play only the games about ${COMPLETION-CANDIDATES}; all of them by default.")
    private Contest.@Nullable Kind only;

    @Option(names = "--streams", paramLabel = "COUNT", description = "Play this many games at the same time.")
    private int streams = 4;

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description =
                    "Explain differences by the rows of this file; by default those of dynalite for dynalite, else none.")
    private @Nullable Path known;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the findings to this file.")
    private Path report = Path.of("differential", "target", "report.txt");

    @Option(names = "--trace", description = "Write every request and both answers to trace.txt beside the report.")
    private boolean trace;

    @Option(
            names = "--clean",
            description = "Only delete the tables that an interrupted run has left at the URL of --peer.")
    private boolean clean;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The peers that have a name, for completion. */
    static final class Peers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Contestants.names().iterator();
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Differential())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run();
        } catch (IOException e) {
            return failed(e);
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    private int failed(@Nullable Throwable cause) {
        spec.commandLine().getErr().println("differential: " + (cause == null ? "stopped" : cause.getMessage()));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private int run() throws IOException, InterruptedException, ExecutionException {
        Contestant other = contestant(peer);
        if (clean) {
            return clean(other);
        }
        var contest = new Contest(contestant(gramme), other, known());
        Files.createDirectories(report.toAbsolutePath().getParent());
        Report found;
        try (Trace rounds = trace ? Trace.to(report.resolveSibling("trace.txt")) : Trace.none()) {
            found = contest.play(new Contest.Plan(seed, requests, streams, Optional.ofNullable(only)), rounds);
        }
        Files.writeString(report, found.text(), UTF_8);
        Files.write(report.resolveSibling("unexplained.jsonl"), found.jsonLines());
        System.out.print(found.summary());
        System.out.println("The findings are in " + report);
        return found.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Contestant contestant(String name) {
        try {
            return Contestants.of(name, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private KnownDifferences known() throws IOException {
        if (known != null) {
            return KnownDifferences.parse(Files.readString(known, UTF_8));
        }
        return peer.equals(DYNALITE) ? KnownDifferences.ofDynalite() : KnownDifferences.none();
    }

    private int clean(Contestant other) throws IOException, InterruptedException {
        if (!(other instanceof Endpoint endpoint)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--clean needs --peer URL");
        }
        System.out.println(endpoint.deleteTables() + " tables deleted");
        return CommandLine.ExitCode.OK;
    }
}
