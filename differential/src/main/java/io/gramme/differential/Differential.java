package io.gramme.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.differential.compare.Findings;
import io.gramme.differential.compare.KnownDifferences;
import io.gramme.differential.generate.Author;
import io.gramme.differential.generate.Luck;
import io.gramme.differential.wire.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays seeded random requests to Gramme and to DynamoDB Local, and reports in what the answers differ. */
@Command(
        name = "differential/run",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description =
                "Plays seeded random requests to Gramme and to DynamoDB Local, and reports in what the answers differ.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every difference is known", "1:some are not, or it could not be done", "2:not an option"})
public final class Differential implements Callable<Integer> {
    /** What a game is about. Its seed decides. */
    enum Kind {
        ITEMS,
        TABLES,
        TRANSACTIONS;

        private static Kind of(long seed) {
            return switch ((int) (seed % 8)) {
                case 0 -> TABLES;
                case 4 -> TRANSACTIONS;
                default -> ITEMS;
            };
        }
    }

    @Option(names = "--requests", paramLabel = "COUNT", description = "About how many requests to play.")
    private long requests = 200_000;

    @Option(names = "--seed", paramLabel = "SEED", description = "The first seed; each game takes the next one.")
    private long seed = 1;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Play only the games about ${COMPLETION-CANDIDATES}; all of them by default.")
    private @Nullable Kind only;

    @Option(names = "--streams", paramLabel = "COUNT", description = "How many games are played at the same time.")
    private int streams = 4;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write what was found.")
    private Path report = Path.of("differential", "target", "report.txt");

    @Option(names = "--trace", description = "Write every request and both answers to trace.txt beside the report.")
    private boolean trace;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Differential())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        var findings = new Findings();
        KnownDifferences known = KnownDifferences.read();
        try (Peer.Running gramme = Peer.GRAMME.start();
                Peer.Running local = Peer.LOCAL.start();
                Trace rounds = trace ? Trace.to(report.resolveSibling("trace.txt")) : Trace.none()) {
            play(gramme, local, rounds, findings);
        }
        var found = new Report(findings, known);
        Files.writeString(report, found.text(), UTF_8);
        Files.write(report.resolveSibling("unexplained.jsonl"), found.jsonLines());
        System.out.print(found.summary());
        System.out.println(report + " has it all");
        return found.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void play(Peer.Running gramme, Peer.Running local, Trace rounds, Findings findings)
            throws IOException, InterruptedException, ExecutionException {
        var next = new AtomicLong(seed);
        long end = seed + Math.max(1, requests / Game.REQUESTS);
        try (var threads = Executors.newFixedThreadPool(streams)) {
            var playing = new ArrayList<Future<?>>();
            for (int stream = 1; stream <= streams; stream++) {
                String caller = "%012d".formatted(stream);
                playing.add(threads.submit(() -> {
                    try {
                        for (long game = next.getAndIncrement(); game < end; game = next.getAndIncrement()) {
                            if (only == null || only == Kind.of(game)) {
                                play(game, caller, new Servers(gramme, local, rounds), findings);
                            }
                        }
                    } finally {
                        // After a failure the others end with the game that they are in.
                        next.set(end);
                    }
                    return null;
                }));
            }
            for (Future<?> stream : playing) {
                stream.get();
            }
        }
    }

    private record Servers(Peer.Running gramme, Peer.Running local, Trace trace) {

        /** For each game anew: a server closes a connection that is not used for a while. */
        Duel duel(String caller) throws IOException {
            return new Duel(gramme, local, caller, trace);
        }
    }

    private static void play(long seed, String caller, Servers servers, Findings findings)
            throws IOException, InterruptedException {
        Kind kind = Kind.of(seed);
        if (kind != Kind.TABLES) {
            Function<Luck, Author> author = kind == Kind.ITEMS ? Author::ofItems : Author::ofTransactions;
            try (Duel duel = servers.duel(caller)) {
                new Game(seed, author, duel, findings).play();
            }
            return;
        }
        // As a caller of its own, so that ListTables shows no tables but those of the game.
        try (Duel duel = servers.duel("9%011d".formatted(seed))) {
            new TableGame(seed, duel, findings).play();
        }
    }
}
