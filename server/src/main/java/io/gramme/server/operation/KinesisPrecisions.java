package io.gramme.server.operation;

import io.gramme.api.ApproximateCreationDateTimePrecision;
import io.gramme.tables.table.KinesisDestination.Precision;

/** Conversion of a Kinesis destination's precision between the API's type and the table's. */
final class KinesisPrecisions {
    private KinesisPrecisions() {}

    static Precision of(ApproximateCreationDateTimePrecision wanted) {
        return Precision.valueOf(wanted.name());
    }

    static ApproximateCreationDateTimePrecision shown(Precision precision) {
        return ApproximateCreationDateTimePrecision.valueOf(precision.name());
    }
}
