package io.gramme.server.operation;

import io.gramme.api.ApproximateCreationDateTimePrecision;
import io.gramme.server.table.KinesisDestination.Precision;

/** The precision of a Kinesis destination, as the API has it and as a table has it. */
final class KinesisPrecisions {
    private KinesisPrecisions() {}

    static Precision of(ApproximateCreationDateTimePrecision wanted) {
        return Precision.valueOf(wanted.name());
    }

    static ApproximateCreationDateTimePrecision shown(Precision precision) {
        return ApproximateCreationDateTimePrecision.valueOf(precision.name());
    }
}
