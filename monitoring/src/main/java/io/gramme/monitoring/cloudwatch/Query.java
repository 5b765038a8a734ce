package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.Input;
import io.gramme.tables.table.AccountRegion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One query of GetMetricData.
 *
 * @param label as the request gives it
 * @param isReturned whether the response has its values; others only enter into expressions
 */
record Query(String id, Source source, Optional<String> label, boolean isReturned) {
    static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]{0,254}");

    static final int MAX_QUERIES = 500;
    private static final int LONGEST_EXPRESSION = 2_048;
    private static final int LONGEST_LABEL = 4_096;

    /** Where its values come from. */
    sealed interface Source {
        /** A statistic of a series. */
        record Stat(Selection selection, Statistic statistic, long periodSeconds) implements Source {}

        /**
         * What is computed of the values of other queries.
         *
         * @param text as the request gives it
         */
        record Expression(String text, Arithmetic arithmetic) implements Source {}
    }

    static List<Query> all(AccountRegion owner, Input input) {
        List<Input> given = input.structures("MetricDataQueries");
        if (given.isEmpty()) {
            throw CloudWatchErrors.missing("MetricDataQueries");
        }
        if (given.size() > MAX_QUERIES) {
            throw CloudWatchErrors.validation(
                    "The collection MetricDataQueries must not have a size greater than " + MAX_QUERIES + ".");
        }
        var queries = new ArrayList<Query>();
        var ids = new HashSet<String>();
        for (Input one : given) {
            Query query = of(owner, one);
            if (!ids.add(query.id)) {
                throw CloudWatchErrors.validation("The values for parameter id in MetricDataQueries are not unique.");
            }
            queries.add(query);
        }
        return queries;
    }

    private static Query of(AccountRegion owner, Input input) {
        String id = input.text("Id").orElseThrow(() -> CloudWatchErrors.missing(input.place("Id")));
        if (!ID.matcher(id).matches()) {
            throw CloudWatchErrors.validation("The value for parameter " + input.place("Id")
                    + " must begin with a lower-case letter and contain letters, digits and underscores only.");
        }
        Optional<Input> stat = input.structure("MetricStat");
        Optional<String> expression = input.text("Expression");
        if (stat.isPresent() == expression.isPresent()) {
            throw CloudWatchErrors.validation("Exactly one of the parameters " + input.place("MetricStat") + " and "
                    + input.place("Expression") + " must be specified.");
        }
        Source source = stat.isPresent() ? stat(owner, stat.get()) : expression(expression.orElseThrow());
        Optional<String> label = input.text("Label");
        if (label.filter(text -> text.length() > LONGEST_LABEL).isPresent()) {
            throw CloudWatchErrors.validation("The value for parameter " + input.place("Label")
                    + " must not be longer than " + LONGEST_LABEL + ".");
        }
        return new Query(id, source, label, input.flag("ReturnData").orElse(true));
    }

    private static Source stat(AccountRegion owner, Input input) {
        Input metric = input.structure("Metric").orElseThrow(() -> CloudWatchErrors.missing(input.place("Metric")));
        Selection selection = Selection.of(owner, metric, input.text("Unit"));
        String place = input.place("Period");
        long period = input.whole("Period").orElseThrow(() -> CloudWatchErrors.missing(place));
        Times.requirePeriod(period, place, CloudWatchErrors::validation);
        String name = input.text("Stat").orElseThrow(() -> CloudWatchErrors.missing(input.place("Stat")));
        Statistic statistic = Statistic.named(name)
                .or(() -> Statistic.percentile(name))
                .orElseThrow(() -> CloudWatchErrors.validation("The value for parameter " + input.place("Stat")
                        + " is not supported: Gramme computes SampleCount, Average, Sum, Minimum, Maximum and"
                        + " percentiles from p0 to p100."));
        return new Source.Stat(selection, statistic, period);
    }

    private static Source expression(String text) {
        if (text.isEmpty() || text.length() > LONGEST_EXPRESSION) {
            throw CloudWatchErrors.validation(
                    "The value for parameter Expression must have a length from 1 to " + LONGEST_EXPRESSION + ".");
        }
        return new Source.Expression(text, Arithmetic.parse(text));
    }
}
