package io.gramme.tables.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The billing mode of a table, with the times at which the table became on demand.
 *
 * @param becameOnDemand when the table became on demand, at most {@link #REMEMBERED} times, the newest last; its
 *     creation counts
 */
public record Billing(Mode mode, List<Instant> becameOnDemand) {
    static final int REMEMBERED = 5;

    public static final Billing PROVISIONED = new Billing(Mode.PROVISIONED, List.of());

    public enum Mode {
        PROVISIONED,
        PAY_PER_REQUEST
    }

    public Billing {
        int forgotten = Math.max(0, becameOnDemand.size() - REMEMBERED);
        becameOnDemand = List.copyOf(becameOnDemand.subList(forgotten, becameOnDemand.size()));
    }

    public static Billing onDemandSince(Instant created) {
        return new Billing(Mode.PAY_PER_REQUEST, List.of(created));
    }

    public boolean isOnDemand() {
        return mode == Mode.PAY_PER_REQUEST;
    }

    public Optional<Instant> lastBecameOnDemand() {
        return becameOnDemand.isEmpty() ? Optional.empty() : Optional.of(becameOnDemand.getLast());
    }
}
