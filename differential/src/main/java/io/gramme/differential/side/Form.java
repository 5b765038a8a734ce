package io.gramme.differential.side;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A form of Gramme: a way to run it. All forms must give equal answers.
 *
 * @param options of {@code gramme serve}; {@code {data}} is a directory of its own, {@code {points}} and {@code
 *     {keyspace}} are a Cassandra cluster and a keyspace in it
 */
public record Form(String name, Shape shape, List<String> options) {

    /** All forms. To add one, add a line. */
    private static final List<Form> FORMS = List.of(
            new Form("memory", Shape.ONE, "--storage", "memory"),
            new Form("disk", Shape.ONE, "--data", "{data}"),
            new Form("restart", Shape.RESTARTED, "--data", "{data}"),
            new Form("embedded", Shape.EMBEDDED),
            new Form("cassandra", Shape.ONE, overCassandra()),
            new Form("two-servers", Shape.TWO, overCassandra()));

    private static final Map<String, Form> BY_NAME =
            FORMS.stream().collect(Collectors.toUnmodifiableMap(Form::name, Function.identity()));

    /** The processes of a form, and what happens to them. */
    enum Shape {
        ONE,
        /** Requests go to either by turns. */
        TWO,
        /** Ended and started again in the middle of each game. */
        RESTARTED,
        /** In the JVM of a program that uses it. */
        EMBEDDED
    }

    public Form {
        options = List.copyOf(options);
    }

    private Form(String name, Shape shape, String... options) {
        this(name, shape, List.of(options));
    }

    private static String[] overCassandra() {
        return new String[] {"--storage", "cassandra", "--contact-points", "{points}", "--keyspace", "{keyspace}"};
    }

    public static Form of(String name) {
        Form form = BY_NAME.get(name);
        if (form == null) {
            throw new IllegalArgumentException(
                    "no form of Gramme: " + name + "; there are " + String.join(", ", names()));
        }
        return form;
    }

    public static List<String> names() {
        return FORMS.stream().map(Form::name).toList();
    }

    boolean isOverCassandra() {
        return options.contains("{points}");
    }

    Traits traits() {
        Traits traits = isOverCassandra()
                ? Traits.GRAMME.with(Traits.Reads.LAGGING).with(Traits.Counts.DELAYED)
                : Traits.GRAMME;
        return shape == Shape.RESTARTED ? traits.with(Traits.Tenancy.STREAM).with(Traits.Counts.DELAYED) : traits;
    }

    /** The options with the placeholders replaced. */
    List<String> options(Map<String, String> places) {
        return options.stream()
                .map(option -> places.getOrDefault(option, option))
                .toList();
    }

    /** The number of servers. */
    Stream<Integer> servers() {
        return shape == Shape.TWO ? Stream.of(1, 2) : Stream.of(1);
    }
}
