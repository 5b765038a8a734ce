package io.gramme.server.kinesis;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A Kinesis data stream, as far as records are put into it. */
interface DataStream {
    /** What one request may have. */
    int MOST_RECORDS = 500;

    int MOST_BYTES = 5 << 20;

    /**
     * Puts records, each for itself and in no order.
     *
     * @param records at most {@link #MOST_RECORDS} of {@link #MOST_BYTES}, or a single one
     * @return of each record, in their order, why it was not taken, if it was not
     * @throws RefusedException if the request as a whole was refused
     * @throws IOException if there was no answer, or none that could be understood
     */
    List<Optional<String>> put(List<DataRecord> records) throws IOException, InterruptedException;

    /** None of the records was taken. */
    final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String type;

        RefusedException(String type, String message) {
            super(type + ": " + message);
            this.type = type;
        }

        /** Whether it is the records that are wrong, so that to put them again is no use. */
        boolean isForGood() {
            return type.equals("ValidationException") || type.equals("InvalidArgumentException");
        }
    }
}
