package io.gramme.differential;

import io.gramme.differential.compare.Comparer;
import io.gramme.differential.compare.Findings;
import io.gramme.differential.compare.KnownDifferences;
import io.gramme.differential.compare.Order;
import io.gramme.differential.compare.Signature;
import io.gramme.differential.generate.Author;
import io.gramme.differential.generate.Luck;
import io.gramme.differential.side.Contestant;
import io.gramme.differential.side.Side;
import io.gramme.differential.side.Traits;
import io.gramme.differential.side.Traits.Tenancy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run of the differential: plays the same games on two contestants, and reports how their answers differ. */
public final class Contest {
    private final Contestant gramme;
    private final Contestant peer;
    private final Traits traits;
    private final KnownDifferences known;
    private final Findings findings = new Findings();

    public Contest(Contestant gramme, Contestant peer, KnownDifferences known) {
        this.gramme = gramme;
        this.peer = peer;
        this.traits = gramme.traits().together(peer.traits());
        this.known = known;
    }

    /** The subject of a game, chosen by its seed. */
    public enum Kind {
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

    /**
     * The games to play.
     *
     * @param seed the seed of the first game; each game takes the next one
     * @param requests the approximate number of requests
     * @param streams the number of games played at the same time
     * @param only the kind to play; games of other kinds are left out
     */
    public record Plan(long seed, long requests, int streams, Optional<Kind> only) {
        public Plan(long seed, long requests) {
            this(seed, requests, 2, Optional.empty());
        }
    }

    public Report play(Plan plan, Trace trace) throws IOException, InterruptedException, ExecutionException {
        try (var shared = new Sides(gramme, peer, Tenancy.ACCOUNTS, Tenancy.SHARED)) {
            var next = new AtomicLong(plan.seed());
            long end = plan.seed() + Math.max(1, plan.requests() / Game.REQUESTS);
            try (var threads = Executors.newFixedThreadPool(plan.streams())) {
                var playing = new ArrayList<Future<?>>();
                for (int stream = 1; stream <= plan.streams(); stream++) {
                    String account = "%012d".formatted(stream);
                    playing.add(threads.submit(() -> {
                        try (var own = new Sides(gramme, peer, Tenancy.STREAM, Tenancy.STREAM)) {
                            var pair = new Duel.Pair(own.gramme(shared), own.peer(shared), traits);
                            for (long game = next.getAndIncrement(); game < end; game = next.getAndIncrement()) {
                                if (plan.only().isEmpty() || plan.only().get() == Kind.of(game)) {
                                    playToTheEnd(game, account, pair, trace);
                                }
                            }
                        } finally {
                            // After a failure the other streams end after their present game.
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
        return new Report(gramme.name() + " and " + peer.name(), findings, known);
    }

    /**
     * Plays to the end of the game or of the peer: a peer whose process a request has ended is restarted for the next
     * game.
     */
    private void playToTheEnd(long seed, String account, Duel.Pair pair, Trace trace)
            throws IOException, InterruptedException {
        try {
            play(seed, account, pair, trace);
        } catch (Unanswered e) {
            if (!pair.peer().revive()) {
                throw e;
            }
            Duel.Round round = e.round();
            for (Signature signature :
                    Comparer.compare(e.request().operation(), round.gramme(), round.peer(), new Order.Strict())) {
                findings.add(signature, new Findings.Sample(seed, e.request(), round.gramme(), round.peer()));
            }
        }
    }

    private void play(long seed, String account, Duel.Pair pair, Trace trace) throws IOException, InterruptedException {
        Kind kind = Kind.of(seed);
        if (kind != Kind.TABLES) {
            Function<Luck, Author> author = kind == Kind.ITEMS ? Author::ofItems : Author::ofTransactions;
            // New connections for each game: a server closes a connection that is idle for long.
            try (var duel = new Duel(pair, account, trace)) {
                new Game(seed, author, duel, findings).play();
            }
            return;
        }
        // In an account of its own, so that ListTables shows only the tables of the game.
        try (var duel = new Duel(pair, "9%011d".formatted(seed), trace)) {
            new TableGame(seed, duel, findings).play();
        }
    }

    /** The running sides: started once for all streams, or once for each stream. */
    private static final class Sides implements AutoCloseable {
        private @Nullable Side gramme;
        private @Nullable Side peer;

        Sides(Contestant gramme, Contestant peer, Tenancy one, Tenancy other) throws IOException, InterruptedException {
            try {
                if (is(gramme, one, other)) {
                    this.gramme = gramme.start();
                }
                if (is(peer, one, other)) {
                    this.peer = peer.start();
                }
            } catch (IOException | InterruptedException e) {
                close();
                throw e;
            }
        }

        private static boolean is(Contestant contestant, Tenancy one, Tenancy other) {
            Tenancy tenancy = contestant.traits().tenancy();
            return tenancy == one || tenancy == other;
        }

        Side gramme(Sides otherwise) {
            return either(gramme, otherwise.gramme);
        }

        Side peer(Sides otherwise) {
            return either(peer, otherwise.peer);
        }

        private static Side either(@Nullable Side one, @Nullable Side other) {
            Side side = one == null ? other : one;
            if (side == null) {
                throw new IllegalStateException("a side that was not started");
            }
            return side;
        }

        @Override
        public void close() throws IOException {
            if (gramme != null) {
                gramme.close();
            }
            if (peer != null) {
                peer.close();
            }
        }
    }
}
