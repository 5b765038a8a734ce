package io.gramme.embedded;

import io.gramme.core.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A publisher of one answer's body, in one piece to one subscriber. It completes {@code done} when that has ended. */
final class BodyPublisher implements Publisher<ByteBuffer> {
    private final Bytes body;
    private final CompletableFuture<Void> done;

    BodyPublisher(Bytes body, CompletableFuture<Void> done) {
        this.body = body;
        this.done = done;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new OnePiece(subscriber));
    }

    private final class OnePiece implements Subscription {
        private final Subscriber<? super ByteBuffer> subscriber;
        private final AtomicBoolean ended = new AtomicBoolean();

        OnePiece(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long pieces) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (pieces <= 0) {
                var failure = new IllegalArgumentException("a subscriber requests one piece at least: " + pieces);
                subscriber.onError(failure);
                done.completeExceptionally(failure);
                return;
            }
            if (!body.isEmpty()) {
                subscriber.onNext(ByteBuffer.wrap(body.shared()).asReadOnlyBuffer());
            }
            subscriber.onComplete();
            done.complete(null);
        }

        @Override
        public void cancel() {
            if (ended.compareAndSet(false, true)) {
                done.cancel(false);
            }
        }
    }
}
