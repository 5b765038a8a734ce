package io.gramme.tables.job;

/** Thrown by a step of a job that can never succeed. Its message is the reason that clients read. */
public final class JobFailedException extends Exception {
    private static final long serialVersionUID = 1;

    public JobFailedException(String reason) {
        super(reason);
    }
}
