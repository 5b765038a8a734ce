package io.gramme.tables.capacity;

/**
 * The tokens that requests take. Not safe for use by two threads at once: its owner guards it.
 *
 * <p>The rate and what is kept of it are given with each call, because the setting behind them can change; a token is
 * half a capacity unit.
 */
interface Tokens {
    /** Whether more than {@code pending} tokens are there. */
    boolean has(long pending, long rate, int seconds, long now);

    /** Takes tokens, whether they are there or not. */
    void take(long tokens, long rate, int seconds, long now);

    /** The whole tokens that are there; negative while requests wait for what others have taken. */
    long tokens(long rate, int seconds, long now);

    /** Where the tokens of a server come from. */
    enum Source {
        /** Buckets that the server fills: no one else serves its tables. */
        OWN,
        /** Leases from buckets that all servers share. */
        LEASES;

        Tokens begin(long tokens, long rate, long now) {
            return switch (this) {
                case OWN -> new TokenBucket(tokens, now);
                case LEASES -> new LeasedTokens(rate);
            };
        }
    }
}
