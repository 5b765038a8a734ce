package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceException;
import io.gramme.monitoring.Dimension;
import io.gramme.monitoring.Metric;
import io.gramme.monitoring.MetricId;
import io.gramme.tables.table.AccountRegion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The series that a request names: a namespace, a metric and all of its dimensions.
 *
 * @param id empty if nothing is recorded under that namespace or name
 * @param name of the metric, as the request spells it
 * @param unit that the values must have; empty for any
 */
record Selection(Optional<MetricId> id, String name, Optional<String> unit) {
    private static final int MAX_DIMENSIONS = 30;
    static final int LONGEST_NAME = 255;
    private static final int LONGEST_VALUE = 1_024;

    /** The units of the API model. */
    private static final Set<String> UNITS = Set.of(
            "Seconds",
            "Microseconds",
            "Milliseconds",
            "Bytes",
            "Kilobytes",
            "Megabytes",
            "Gigabytes",
            "Terabytes",
            "Bits",
            "Kilobits",
            "Megabits",
            "Gigabits",
            "Terabits",
            "Percent",
            "Count",
            "Bytes/Second",
            "Kilobytes/Second",
            "Megabytes/Second",
            "Gigabytes/Second",
            "Terabytes/Second",
            "Bits/Second",
            "Kilobits/Second",
            "Megabits/Second",
            "Gigabits/Second",
            "Terabits/Second",
            "Count/Second",
            "None");

    /** @param metric the structure with Namespace, MetricName and Dimensions */
    static Selection of(AccountRegion owner, Input metric, Optional<String> unit) {
        String namespace = required(metric, "Namespace");
        String name = required(metric, "MetricName");
        if (namespace.startsWith(":")) {
            throw CloudWatchErrors.invalid("The value for parameter " + metric.place("Namespace") + " is invalid.");
        }
        List<Dimension> dimensions = metric.structures("Dimensions").stream()
                .map(Selection::dimension)
                .toList();
        if (dimensions.size() > MAX_DIMENSIONS) {
            throw CloudWatchErrors.invalid("The collection " + metric.place("Dimensions")
                    + " must not have a size greater than " + MAX_DIMENSIONS + ".");
        }
        if (unit.isPresent() && !UNITS.contains(unit.get())) {
            throw CloudWatchErrors.invalid("The parameter Unit must be a value in the set of units.");
        }
        Optional<Metric> known = namespace.equals(Metric.NAMESPACE) ? Metric.of(name) : Optional.empty();
        return new Selection(known.map(one -> new MetricId(owner, one, dimensions)), name, unit);
    }

    static String required(Input input, String member) {
        String text = input.text(member).orElseThrow(() -> CloudWatchErrors.missing(input.place(member)));
        requireLength(input, member, text, LONGEST_NAME);
        return text;
    }

    private static void requireLength(Input input, String member, String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            throw tooLong(input.place(member), longest);
        }
    }

    private static ServiceException tooLong(String place, int longest) {
        return CloudWatchErrors.invalid(
                "The value for parameter " + place + " must have a length from 1 to " + longest + ".");
    }

    private static Dimension dimension(Input input) {
        String name = required(input, "Name");
        String value = input.text("Value").orElseThrow(() -> CloudWatchErrors.missing(input.place("Value")));
        requireLength(input, "Value", value, LONGEST_VALUE);
        return new Dimension(name, value);
    }

    /** A series as responses describe it. */
    static Document.Structure described(MetricId id) {
        return new Output()
                .put("Namespace", Metric.NAMESPACE)
                .put("MetricName", id.metric().wireName())
                .put(
                        "Dimensions",
                        id.dimensions().stream()
                                .<Document>map(one -> new Output()
                                        .put("Name", one.name())
                                        .put("Value", one.value())
                                        .done())
                                .toList())
                .done();
    }
}
