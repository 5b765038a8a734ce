package io.gramme.monitoring.cloudwatch;

import io.gramme.monitoring.Metric;
import io.gramme.monitoring.Summary;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is computed of the values of a period: one of five named statistics, or a percentile such as p99.9. */
sealed interface Statistic {
    Pattern PERCENTILE = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,10})?)");

    Map<String, Statistic> NAMED = Map.of(
            "SampleCount", new Named("SampleCount", (_, values) -> values.count()),
            "Sum", new Named("Sum", (metric, values) -> metric.units(values.sum())),
            "Average", new Named("Average", (metric, values) -> metric.units((double) values.sum() / values.count())),
            "Minimum", new Named("Minimum", (metric, values) -> metric.units(values.min())),
            "Maximum", new Named("Maximum", (metric, values) -> metric.units(values.max())));

    /** The name, as a request spells it. */
    String name();

    /** The value in units of the metric; empty if the values do not tell it. */
    Optional<Double> of(Metric metric, Summary values);

    record Named(String name, ToDoubleBiFunction<Metric, Summary> formula) implements Statistic {
        @Override
        public Optional<Double> of(Metric metric, Summary values) {
            return Optional.of(formula.applyAsDouble(metric, values));
        }
    }

    record Percentile(String name, double percent) implements Statistic {
        @Override
        public Optional<Double> of(Metric metric, Summary values) {
            return values.percentile(percent).map(metric::units);
        }
    }

    static Optional<Statistic> named(String name) {
        return Optional.ofNullable(NAMED.get(name));
    }

    static Optional<Statistic> percentile(String name) {
        Matcher form = PERCENTILE.matcher(name);
        if (!form.matches()) {
            return Optional.empty();
        }
        double percent = Double.parseDouble(form.group(1));
        return percent <= 100 ? Optional.of(new Percentile(name, percent)) : Optional.empty();
    }
}
