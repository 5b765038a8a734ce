package io.gramme.differential.side;

/** The traits of a contestant that affect the comparison. */
public record Traits(Tenancy tenancy, Sequence sequence, Reads reads, Counts counts, Claims claims) {

    /** The traits of Gramme with tables on one machine. */
    static final Traits GRAMME =
            new Traits(Tenancy.ACCOUNTS, Sequence.GRAMME, Reads.IMMEDIATE, Counts.CURRENT, Claims.ALL);

    /** Which other requests share the tables that a game sees. */
    public enum Tenancy {
        /** None: each account has tables of its own. */
        ACCOUNTS,
        /** None: the games of a stream, which run one after another, have a server of their own. */
        STREAM,
        /** Any other user of the server. */
        SHARED
    }

    /** The order of a Scan, and of index entries with equal sort keys. */
    public enum Sequence {
        GRAMME,
        OTHER
    }

    /** The data that an eventually consistent read sees. */
    public enum Reads {
        IMMEDIATE,
        /** It may see older data: such a read is repeated until both sides agree, for some seconds at most. */
        LAGGING
    }

    /** When the counts of items and bytes in the description of a table follow writes. */
    public enum Counts {
        CURRENT,
        /** Later, or without the last writes before a crash. They are not compared. */
        DELAYED
    }

    /** The traits of two contestants together. */
    public Traits together(Traits other) {
        return new Traits(
                tenancy.compareTo(other.tenancy) > 0 ? tenancy : other.tenancy,
                sequence.compareTo(other.sequence) > 0 ? sequence : other.sequence,
                reads.compareTo(other.reads) > 0 ? reads : other.reads,
                counts.compareTo(other.counts) > 0 ? counts : other.counts,
                claims.and(other.claims));
    }

    Traits with(Tenancy chosen) {
        return new Traits(chosen, sequence, reads, counts, claims);
    }

    Traits with(Reads chosen) {
        return new Traits(tenancy, sequence, chosen, counts, claims);
    }

    Traits with(Counts chosen) {
        return new Traits(tenancy, sequence, reads, chosen, claims);
    }
}
