package io.gramme.tables.capacity;

/**
 * The tokens that a server has leased from a bucket which several servers share. Requests take from the lease and never
 * wait for the exchange, which a pass does beside them: it asks for twice what was taken since the last one, and gives
 * the rest back once nothing is taken any more. What a server has leased is lost with it.
 *
 * <p>A server begins with a small lease in advance, which the first exchange owes to the bucket. Not safe for use by two
 * threads at once: its owner guards it.
 */
final class LeasedTokens implements Tokens {
    /** A lease holds at least what the rate yields in so many exchanges. */
    private static final int LEAST_EXCHANGES = 2;

    /** And at most what it yields in so many seconds. */
    private static final int MOST_SECONDS = 10;

    private static final int IDLE_EXCHANGES = 5;

    private long inHand;
    private long owed;
    private long taken;
    private int idle;

    /** Whether a request was refused since the last exchange. */
    private boolean starved;

    /** Whether the lease was given back, so that the next request may take one in advance again. */
    private boolean returned;

    /**
     * What a server asks of the shared bucket.
     *
     * @param owed tokens that it took in advance
     * @param wanted tokens to lease; negative to give some back
     * @param taken since the exchange before
     */
    record Demand(long owed, long wanted, long taken) {
        boolean isNothing() {
            return owed == 0 && wanted == 0;
        }
    }

    /** @param rate of the shared bucket, in tokens a second */
    LeasedTokens(long rate) {
        advance(rate);
    }

    private void advance(long rate) {
        inHand += least(rate);
        owed += least(rate);
    }

    private static long least(long rate) {
        return Math.max(Units.HALVES, LEAST_EXCHANGES * rate * TokenLeases.PERIOD.toMillis() / 1_000);
    }

    @Override
    public boolean has(long pending, long rate, int seconds, long now) {
        if (returned) {
            returned = false;
            idle = 0;
            advance(rate);
        }
        starved |= inHand <= pending;
        return inHand > pending;
    }

    @Override
    public void take(long tokens, long rate, int seconds, long now) {
        inHand -= tokens;
        taken += tokens;
    }

    @Override
    public long tokens(long rate, int seconds, long now) {
        return inHand;
    }

    Demand demand(long rate) {
        idle = taken == 0 && !starved && inHand >= 0 ? idle + 1 : 0;
        starved = false;
        if (idle > IDLE_EXCHANGES) {
            return new Demand(owed, -inHand, 0);
        }
        long most = MOST_SECONDS * rate;
        long lease = Math.max(least(rate), Math.min(most, 2 * taken));
        return new Demand(owed, Math.max(0, lease - inHand), taken);
    }

    /** The answer to a demand: so many tokens, fewer than none if they were given back. */
    void exchanged(Demand demand, long granted) {
        inHand += granted;
        returned = demand.wanted < 0;
        owed -= demand.owed;
        taken -= demand.taken;
    }
}
