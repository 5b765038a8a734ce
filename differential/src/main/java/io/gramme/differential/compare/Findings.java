package io.gramme.differential.compare;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All differences of a run, by signature, each with the shortest request that showed it. */
public final class Findings {
    private final Map<Signature, Finding> findings = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();

    /** @param sample the shortest of the requests */
    public record Finding(Signature signature, long count, Sample sample) {}

    public record Sample(long seed, Request request, Answer gramme, Answer peer) {}

    public void count() {
        requests.incrementAndGet();
    }

    public long requests() {
        return requests.get();
    }

    public void add(Signature signature, Sample sample) {
        findings.merge(
                signature,
                new Finding(signature, 1, sample),
                (old, fresh) -> new Finding(signature, old.count() + 1, shorter(old.sample(), fresh.sample())));
    }

    /** A total order, so that it does not matter which of two games comes first. */
    private static Sample shorter(Sample one, Sample other) {
        Comparator<Sample> order = Comparator.<Sample>comparingInt(
                        sample -> sample.request().body().length())
                .thenComparingLong(Sample::seed);
        return order.compare(one, other) <= 0 ? one : other;
    }

    /** The most frequent first. */
    public List<Finding> all() {
        return findings.values().stream()
                .sorted(Comparator.comparingLong(Finding::count)
                        .reversed()
                        .thenComparing(finding -> finding.signature().toString()))
                .toList();
    }
}
