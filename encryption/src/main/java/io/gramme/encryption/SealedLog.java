package io.gramme.encryption;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.PartitionKey;

/** Opens the records of a log. */
final class SealedLog implements ChangeLog {
    private final ChangeLog log;
    private final Sealing sealing;

    SealedLog(ChangeLog log, Sealing sealing) {
        this.log = log;
        this.sealing = sealing;
    }

    @Override
    public LogPage read(PartitionKey partition, LogPosition after, Budget budget) {
        LogPage page = log.read(partition, after, budget);
        return new LogPage(
                page.records().stream().map(record -> opened(partition, record)).toList(),
                page.exhausted(),
                page.complete());
    }

    private LogRecord opened(PartitionKey partition, LogRecord record) {
        LogPosition position = record.position();
        return new LogRecord(position, sealing.open(record.value(), Place.record(partition, position.version())));
    }

    @Override
    public LogPosition complete() {
        return log.complete();
    }

    @Override
    public LogPosition latest() {
        return log.latest();
    }

    @Override
    public LogPosition highWatermark() {
        return log.highWatermark();
    }

    @Override
    public void trim(PartitionKey partition, LogPosition last) {
        log.trim(partition, last);
    }
}
