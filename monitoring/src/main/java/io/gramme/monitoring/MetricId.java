package io.gramme.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.tables.table.AccountRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What identifies a series: a metric of one account and region, with all of its dimensions.
 *
 * @param dimensions in the order of their names
 */
public record MetricId(AccountRegion owner, Metric metric, List<Dimension> dimensions) {
    /** Stands between the parts of an id as bytes; no part has it. */
    private static final char BETWEEN = '\u0001';

    private static final String EQUALS = "=";
    private static final int FIRST_DIMENSION = 3;
    private static final int MAX_DIMENSIONS = 4;

    /** The names of tables, indexes and operations, and the labels of streams, which are times. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");

    public MetricId {
        dimensions = dimensions.stream().sorted().toList();
    }

    public static MetricId of(AccountRegion owner, Metric metric, Dimension... dimensions) {
        return new MetricId(owner, metric, List.of(dimensions));
    }

    /** The value of a dimension; empty if it has none of that name. */
    public Optional<String> dimension(String name) {
        return dimensions.stream()
                .filter(one -> one.name().equals(name))
                .map(Dimension::value)
                .findFirst();
    }

    /** Whether a series can have these dimensions: requests to read may give any. */
    boolean isRecordable() {
        return dimensions.size() <= MAX_DIMENSIONS
                && dimensions.stream()
                        .allMatch(one -> Dimension.NAMES.contains(one.name())
                                && VALUE.matcher(one.value()).matches());
    }

    /** The id as bytes without a zero; {@link #fromBytes} reads them. */
    Bytes toBytes() {
        Stream<String> parts = Stream.concat(
                Stream.of(owner.account(), owner.region(), metric.wireName()),
                dimensions.stream().map(one -> one.name() + EQUALS + one.value()));
        return Bytes.utf8(String.join(String.valueOf(BETWEEN), parts.toList()));
    }

    /** Empty if the metric is none of this version. */
    static Optional<MetricId> fromBytes(Bytes bytes) {
        String[] parts = new String(bytes.shared(), UTF_8).split(String.valueOf(BETWEEN), -1);
        var dimensions = new ArrayList<Dimension>();
        for (int i = FIRST_DIMENSION; i < parts.length; i++) {
            int equals = parts[i].indexOf(EQUALS);
            dimensions.add(new Dimension(parts[i].substring(0, equals), parts[i].substring(equals + 1)));
        }
        return Metric.of(parts[2])
                .map(metric -> new MetricId(new AccountRegion(parts[0], parts[1]), metric, dimensions));
    }
}
