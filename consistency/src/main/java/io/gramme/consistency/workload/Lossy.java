package io.gramme.consistency.workload;

import java.util.concurrent.ThreadLocalRandom;

/** A database that loses some requests and some answers, at random. */
public final class Lossy implements Database {
    private static final int ONE_OF = 50;

    private final Database database;

    public Lossy(Database database) {
        this.database = database;
    }

    @Override
    public Answer call(String operation, String request) {
        return switch (ThreadLocalRandom.current().nextInt(ONE_OF)) {
            case 0 -> new Answer.Lost("the request was lost");
            case 1 -> {
                database.call(operation, request);
                yield new Answer.Lost("the answer was lost");
            }
            default -> database.call(operation, request);
        };
    }
}
