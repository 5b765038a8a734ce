package io.gramme.delivery.kinesis;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A Kinesis data stream, as a target of records. */
interface DataStream {
    /** The most that one request may hold: this many records, and {@link #MOST_BYTES}. */
    int MOST_RECORDS = 500;

    int MOST_BYTES = 5 << 20;

    /**
     * Puts records, each independently of the others and in no order.
     *
     * @param records at most {@link #MOST_RECORDS} of {@link #MOST_BYTES} in total, or a single one
     * @return for each record, in the order of {@code records}, why it was not taken; empty if it was
     * @throws RefusedException if the request as a whole was refused
     * @throws IOException if there was no response, or one that could not be parsed
     */
    List<Optional<String>> put(List<DataRecord> records) throws IOException, InterruptedException;

    /** The request was refused, and none of its records was taken. */
    final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String type;

        RefusedException(String type, String message) {
            super(type + ": " + message);
            this.type = type;
        }

        /** Whether the records themselves are invalid, so that sending them again cannot succeed. */
        boolean isForGood() {
            return type.equals("ValidationException") || type.equals("InvalidArgumentException");
        }
    }
}
