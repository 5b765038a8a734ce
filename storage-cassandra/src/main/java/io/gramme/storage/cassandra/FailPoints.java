package io.gramme.storage.cassandra;

/** The points at which a server may die; called before each of them, so that tests can kill it there. */
@FunctionalInterface
interface FailPoints {
    enum Step {
        HINT,
        COMMIT,
        DELIVER,
        FORGET_NOTE,
        FORGET_HINT,
        BEGIN,
        PREPARE,
        DECIDE,
        APPLY,
        RAISE_WATERMARK,
        FORGET_RECORD
    }

    FailPoints NONE = _ -> {};

    void reach(Step step);
}
