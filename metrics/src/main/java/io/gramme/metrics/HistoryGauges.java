package io.gramme.metrics;

import io.gramme.storage.StorageException;
import io.gramme.tables.table.HistorySizes;
import io.gramme.tables.table.Table;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.lang.System.Logger.Level;
import java.util.ArrayList;

/** The gauges of the disk space that the history of each table takes. For one thread at a time. */
final class HistoryGauges {
    private static final System.Logger LOG = System.getLogger(HistoryGauges.class.getName());

    private final HistorySizes sizes;
    private final MultiGauge gauge;

    HistoryGauges(HistorySizes sizes, MeterRegistry registry) {
        this.sizes = sizes;
        this.gauge = MultiGauge.builder("gramme.history.bytes")
                .description("Disk space that the earlier states of a table's items take, by estimate")
                .register(registry);
    }

    /** Updates the gauges. Sizes that cannot be read have no values, so their gauges are left out. */
    void update() {
        var rows = new ArrayList<Row<?>>();
        try {
            sizes.all().forEach(size -> rows.add(Row.of(labels(size.table()), size.bytes())));
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "Cannot read the sizes of histories", e);
        }
        gauge.register(rows, true);
    }

    private static Tags labels(Table table) {
        return Tags.of(
                "account",
                table.accountRegion().account(),
                "region",
                table.accountRegion().region(),
                "table",
                table.name());
    }
}
