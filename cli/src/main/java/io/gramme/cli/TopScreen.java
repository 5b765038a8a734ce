package io.gramme.cli;

import io.gramme.api.CapacityLeft;
import io.gramme.api.DescribePartitionsOutput;
import io.gramme.api.HashShare;
import io.gramme.api.PartitionDescription;
import io.gramme.api.PartitionState;
import io.gramme.api.ThrottleEvent;
import io.gramme.api.UnitsConsumed;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prints what a table consumes: on a terminal a screen, which the next one replaces; elsewhere one line. Times of day are
 * of UTC.
 */
final class TopScreen {
    private static final int MOST_PARTITIONS = 12;
    private static final int BAR = 10;
    private static final double PERCENT = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> TOTALS =
            List.of("", "UNITS/S", "LAST MINUTE", "CAPACITY/S", "UNITS LEFT", "THROTTLED IN A MINUTE");
    private static final List<String> PARTITIONS = List.of(
            "PARTITION", "FIRST HASH", "READS/S", "WRITES/S", "CAPACITY", "THROTTLED", "ITEMS", "SIZE", "HOTTEST KEY");
    private static final Set<String> NUMBERS = Set.of(
            "UNITS/S",
            "LAST MINUTE",
            "CAPACITY/S",
            "UNITS LEFT",
            "THROTTLED IN A MINUTE",
            "PARTITION",
            "READS/S",
            "WRITES/S",
            "THROTTLED",
            "ITEMS",
            "SIZE",
            "SINCE START",
            "NOW");

    /** The cursor goes to the first line, and the rest of the screen is erased; lines are cut, then no longer. */
    private static final String ANEW = "\033[H\033[J\033[?7l";

    private static final String DONE = "\033[?7h";

    private final PrintWriter out;
    private final boolean terminal;
    private final Map<String, Long> throttled = new HashMap<>();
    private boolean first = true;

    TopScreen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(DescribePartitionsOutput table, Instant now) {
        Map<String, Long> refusals = refusals(table);
        if (terminal) {
            out.print(ANEW);
            lines(table, refusals, now).forEach(out::println);
            out.print(DONE);
        } else {
            out.println(line(table, refusals, now));
        }
        out.flush();
    }

    /** Prints the screen as plain text. */
    void print(DescribePartitionsOutput table, Instant now) {
        lines(table, refusals(table), now).forEach(out::println);
        out.flush();
    }

    /** The requests refused since the last call, by their reasons; those with none are absent. */
    private Map<String, Long> refusals(DescribePartitionsOutput table) {
        var refusals = new TreeMap<String, Long>();
        for (ThrottleEvent event : table.throttleEvents().orElse(List.of())) {
            String reason = event.reason().orElse("");
            long count = event.count().orElse(0L);
            long before = Optional.ofNullable(throttled.put(reason, count)).orElse(0L);
            if (!first && count > before) {
                refusals.put(reason, count - before);
            }
        }
        first = false;
        return refusals;
    }

    private static List<String> lines(DescribePartitionsOutput table, Map<String, Long> refusals, Instant now) {
        var lines = new ArrayList<String>();
        List<PartitionDescription> open = open(table);
        lines.add(String.format(
                Locale.ROOT,
                "%s%s  %s UTC  throughput %s  %,d %s",
                table.tableName().orElse(""),
                table.indexName().map(name -> "/" + name).orElse(""),
                TIME.format(now),
                table.throughputMode()
                        .map(mode -> mode.toString().toLowerCase(Locale.ROOT))
                        .orElse(""),
                open.size(),
                open.size() == 1 ? "partition" : "partitions"));
        lines.add("");
        lines.addAll(TextTable.lines(
                List.of(
                        TOTALS,
                        total(
                                "reads",
                                reads(table.lastSecond()),
                                reads(table.lastMinute()),
                                table.readCapacity(),
                                table.throttledReads()),
                        total(
                                "writes",
                                writes(table.lastSecond()),
                                writes(table.lastMinute()),
                                table.writeCapacity(),
                                table.throttledWrites())),
                NUMBERS));
        lines.addAll(reasons(table, refusals));
        lines.add("");
        lines.addAll(TextTable.lines(partitions(open), NUMBERS));
        if (open.size() > MOST_PARTITIONS) {
            lines.add("  and " + (open.size() - MOST_PARTITIONS) + " more");
        }
        return lines;
    }

    private static List<String> total(
            String kind, double second, double minute, Optional<CapacityLeft> capacity, Optional<Long> throttled) {
        return List.of(
                kind,
                number(second),
                number(minute),
                capacity.flatMap(CapacityLeft::unitsPerSecond)
                        .map(TopScreen::number)
                        .orElse("unlimited"),
                capacity.flatMap(CapacityLeft::unitsLeft).map(TopScreen::number).orElse("unlimited"),
                number(throttled.orElse(0L)));
    }

    private static List<String> reasons(DescribePartitionsOutput table, Map<String, Long> refusals) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("THROTTLED BECAUSE OF", "NOW", "SINCE START"));
        for (ThrottleEvent event : table.throttleEvents().orElse(List.of())) {
            String reason = event.reason().orElse("");
            rows.add(List.of(
                    reason,
                    number(refusals.getOrDefault(reason, 0L)),
                    number(event.count().orElse(0L))));
        }
        var lines = new ArrayList<String>();
        if (rows.size() > 1) {
            lines.add("");
            lines.addAll(TextTable.lines(rows, NUMBERS));
        }
        return lines;
    }

    /** The open partitions, those that are used most first. */
    private static List<PartitionDescription> open(DescribePartitionsOutput table) {
        return table.partitions().orElse(List.of()).stream()
                .filter(partition -> partition.state().equals(Optional.of(PartitionState.OPEN)))
                .sorted(Comparator.<PartitionDescription>comparingDouble(
                                partition -> partition.capacityPercent().orElse(0.0))
                        .thenComparingDouble(
                                partition -> reads(partition.lastMinute()) + writes(partition.lastMinute()))
                        .reversed())
                .toList();
    }

    private static List<List<String>> partitions(List<PartitionDescription> open) {
        var rows = new ArrayList<List<String>>();
        rows.add(PARTITIONS);
        open.stream().limit(MOST_PARTITIONS).forEach(partition -> rows.add(row(partition)));
        return rows;
    }

    private static List<String> row(PartitionDescription partition) {
        return List.of(
                partition.partitionId().map(String::valueOf).orElse(""),
                partition.firstHash().orElse(""),
                number(reads(partition.lastSecond())),
                number(writes(partition.lastSecond())),
                bar(partition.capacityPercent().orElse(0.0)),
                number(partition.throttledReads().orElse(0L)
                        + partition.throttledWrites().orElse(0L)),
                number(partition.itemCount().orElse(0L)),
                SizeText.about((double) partition.sizeBytes().orElse(0L)),
                hottest(partition));
    }

    private static String hottest(PartitionDescription partition) {
        List<HashShare> hottest = partition.hottestHashes().orElse(List.of());
        return hottest.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s %.0f %%",
                        hottest.getFirst().hash().orElse(""),
                        hottest.getFirst().percent().orElse(0.0));
    }

    private static String bar(double percent) {
        int full = (int) Math.min(BAR, Math.round(BAR * percent / PERCENT));
        return String.format(Locale.ROOT, "[%s%s] %3.0f %%", "#".repeat(full), "-".repeat(BAR - full), percent);
    }

    private static String line(DescribePartitionsOutput table, Map<String, Long> refusals, Instant now) {
        var line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s  reads %s/s  writes %s/s",
                TIME.format(now),
                number(reads(table.lastSecond())),
                number(writes(table.lastSecond()))));
        append(line, "  reads left ", table.readCapacity().flatMap(CapacityLeft::unitsLeft));
        append(line, "  writes left ", table.writeCapacity().flatMap(CapacityLeft::unitsLeft));
        open(table).stream()
                .findFirst()
                .filter(hottest -> hottest.capacityPercent().orElse(0.0) > 0)
                .ifPresent(hottest -> line.append(String.format(
                        Locale.ROOT,
                        "  partition %d at %.0f %%",
                        hottest.partitionId().orElse(0),
                        hottest.capacityPercent().orElse(0.0))));
        refusals.forEach((reason, count) ->
                line.append("  throttled ").append(number(count)).append(' ').append(reason));
        return line.toString();
    }

    private static void append(StringBuilder line, String name, Optional<Double> number) {
        number.ifPresent(present -> line.append(name).append(number(present)));
    }

    private static double reads(Optional<UnitsConsumed> units) {
        return units.flatMap(UnitsConsumed::readUnits).orElse(0.0);
    }

    private static double writes(Optional<UnitsConsumed> units) {
        return units.flatMap(UnitsConsumed::writeUnits).orElse(0.0);
    }

    private static String number(double units) {
        return String.format(Locale.ROOT, "%,.1f", units);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
