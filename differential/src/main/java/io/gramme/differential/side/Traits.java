package io.gramme.differential.side;

/** What the comparison needs to know of a contestant. */
public record Traits(Tenancy tenancy, Sequence sequence, Reads reads, Counts counts, Claims claims) {

    /** Gramme with tables on one machine. */
    static final Traits GRAMME =
            new Traits(Tenancy.ACCOUNTS, Sequence.GRAMME, Reads.IMMEDIATE, Counts.CURRENT, Claims.ALL);

    /** With whom a game shares the tables that it sees. */
    public enum Tenancy {
        /** With none: each account has tables of its own. */
        ACCOUNTS,
        /** With none: the games of a stream, which follow each other, have a server of their own. */
        STREAM,
        /** With everything else that is there. */
        SHARED
    }

    /** In which order a Scan and the entries of an index with equal sort keys are read. */
    public enum Sequence {
        GRAMME,
        OTHER
    }

    /** What a read sees that does not ask for consistency. */
    public enum Reads {
        IMMEDIATE,
        /** It may see what was there before: such a read is repeated until both sides agree, for some seconds at most. */
        LAGGING
    }

    /** How the numbers of items and bytes in the description of a table follow writes. */
    public enum Counts {
        CURRENT,
        /** Later, or without the last writes before a crash. They are not compared. */
        DELAYED
    }

    /** What two contestants have in common. */
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
