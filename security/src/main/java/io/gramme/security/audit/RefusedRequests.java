package io.gramme.security.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests were refused, by who made them, from where and why. What comes after the first so many kinds is
 * counted as one, so that clients cannot use up the memory of a server, or of what collects its metrics. Safe for use by
 * many threads.
 */
public final class RefusedRequests {
    private static final Kind OTHERS = new Kind("others", "others", "others");

    private final int most;
    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * @param principal its ARN, or the access key id of a request that nothing is known of
     * @param address of the client
     * @param code of the error
     */
    public record Kind(String principal, String address, String code) {}

    /** @param most kinds that are told apart */
    public RefusedRequests(int most) {
        this.most = most;
    }

    public void count(Kind kind) {
        LongAdder present = counts.get(kind);
        if (present == null) {
            // A few more than the bound, if threads come at once.
            Kind counted = counts.size() < most ? kind : OTHERS;
            present = counts.computeIfAbsent(counted, _ -> new LongAdder());
        }
        present.increment();
    }

    /** The counts since the server started. */
    public Map<Kind, Long> counts() {
        var all = new HashMap<Kind, Long>();
        counts.forEach((kind, count) -> all.put(kind, count.sum()));
        return all;
    }
}
