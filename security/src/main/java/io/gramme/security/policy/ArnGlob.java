package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern of an ARN. Its six parts match one by one, so a star in the place of a region matches no colon; the last
 * part is the rest, where a star does match colons and slashes.
 */
final class ArnGlob {
    private final List<Glob> parts = new ArrayList<>(Arn.PARTS);
    private final boolean runsOn;

    /** Whether a pattern of fewer parts that ends with a star matches all the parts that follow. */
    enum Short {
        /** As in the resources of a statement: {@code arn:aws:dynamodb:*}, and {@code *}. */
        RUNS_ON,
        /** As in conditions: it matches nothing. */
        MATCHES_NOTHING
    }

    ArnGlob(int[] symbols, Short meaning) {
        int begin = 0;
        for (int at = 0; at < symbols.length && parts.size() < Arn.PARTS - 1; at++) {
            if (symbols[at] == ':') {
                parts.add(new Glob(Arrays.copyOfRange(symbols, begin, at)));
                begin = at + 1;
            }
        }
        parts.add(new Glob(Arrays.copyOfRange(symbols, begin, symbols.length)));
        this.runsOn = meaning == Short.RUNS_ON
                && parts.size() < Arn.PARTS
                && parts.getLast().isOpen();
    }

    /** Whether it can match any ARN at all. */
    boolean isComplete() {
        return runsOn || parts.size() == Arn.PARTS;
    }

    boolean matches(Arn arn) {
        if (runsOn) {
            return arn.count() >= parts.size() && first(parts.size() - 1, arn)
                    && parts.getLast().matches(arn.from(parts.size() - 1));
        }
        return isComplete() && arn.isComplete() && first(Arn.PARTS, arn);
    }

    private boolean first(int count, Arn arn) {
        for (int i = 0; i < count; i++) {
            if (!parts.get(i).matches(arn.part(i))) {
                return false;
            }
        }
        return true;
    }
}
