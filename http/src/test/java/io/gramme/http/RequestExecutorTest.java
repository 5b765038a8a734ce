package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestExecutorTest {
    private static final int BOUND = 3;

    private final Threads threads = new Threads();
    private final List<String> answered = new ArrayList<>();
    private final RequestExecutor requests = new RequestExecutor(door(), BOUND, threads);

    private static DynamoDbProtocol door() {
        return new DynamoDbProtocol(Servers.EMPTY_OBJECT, HttpOptions.Limits.DEFAULT, new BodyMemory(1 << 20));
    }

    /** That of the service for a load balancer: it is healthy. */
    private boolean start(String id) {
        var request = new Request(id, Peer.HERE, "GET", "/", _ -> List.of(), Bytes.EMPTY);
        return requests.start(request, answer -> answered.add(id + " " + answer.status()));
    }

    @Test
    void whoCameFirstIsAnsweredFirstWhicheverThreadBeginsFirst() {
        start("1");
        start("2");
        threads.runLast();
        threads.runLast();
        assertThat(answered).containsExactly("1 200", "2 200");
    }

    @Test
    void whoComesWhenThereIsNoRoomIsNotTakenInHandAndTheOthersAre() {
        for (int i = 1; i <= BOUND; i++) {
            assertThat(start(String.valueOf(i))).isTrue();
        }
        assertThat(start("4")).isFalse();
        threads.runLast();
        assertThat(start("5")).isTrue();
        assertThat(answered).containsExactly("1 200");
        assertThat(requests.inHand()).isEqualTo(BOUND);
        assertThat(requests.refused()).isEqualTo(1);
    }

    @Test
    void thePaceIsWhatTheLastOneTookItsTimeOfWaitingIncluded() throws InterruptedException {
        assertThat(requests.pace()).isZero();
        start("1");
        Thread.sleep(20);
        threads.runLast();
        assertThat(requests.pace()).isBetween(Duration.ofMillis(20), Duration.ofMinutes(1));
    }

    @Test
    void everybodyIsAnsweredOnceWhoComesWhileItCloses() {
        start("1");
        requests.close(Duration.ZERO);
        start("2");
        threads.runLast();
        assertThat(answered).containsExactlyInAnyOrder("1 400", "2 200");
    }

    /** Threads that begin when they are told to. */
    private static final class Threads extends AbstractExecutorService {
        private final Deque<Runnable> unbegun = new ArrayDeque<>();
        private boolean shut;

        void runLast() {
            unbegun.removeLast().run();
        }

        @Override
        public void execute(Runnable command) {
            if (shut) {
                throw new RejectedExecutionException();
            }
            unbegun.add(command);
        }

        @Override
        public void shutdown() {
            shut = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shut = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shut;
        }

        @Override
        public boolean isTerminated() {
            return shut && unbegun.isEmpty();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isTerminated();
        }
    }
}
