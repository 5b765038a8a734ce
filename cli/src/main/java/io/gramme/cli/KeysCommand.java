package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.ContributorInsightsAction;
import io.gramme.api.DescribeTopKeysInput;
import io.gramme.api.Operations;
import io.gramme.api.TopKey;
import io.gramme.api.TopKeysRule;
import io.gramme.api.TopKeysUnit;
import io.gramme.api.UpdateContributorInsightsInput;
import io.gramme.api.wire.Json;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** {@code gramme keys}: shows which keys of a table are used or throttled most. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show which keys of a table were used or throttled most lately, as Contributor Insights count them.",
            "Units are read units plus three times write units. Print tables on a terminal, and one line of JSON for each"
                    + " rule elsewhere."
        })
final class KeysCommand extends CallingCommand {
    @Parameters(paramLabel = "TABLE", description = "Name or ARN of the table.")
    private String table = "";

    @Option(names = "--index", paramLabel = "NAME", description = "Show the keys of this global index.")
    private Optional<String> index = Optional.empty();

    @Option(
            names = "--last",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Look back so far, in whole minutes, up to 24h. Default: 60m")
    private Optional<Duration> last = Optional.empty();

    @Option(names = "--top", paramLabel = "N", description = "Show so many keys of each kind, up to 100. Default: 25")
    private Optional<Integer> top = Optional.empty();

    @Option(names = "--enable", description = "Begin to count keys, instead of showing them.")
    private boolean enable;

    @Option(names = "--disable", description = "End counting keys, and forget the counts.")
    private boolean disable;

    @Override
    String resource() {
        return table;
    }

    @Override
    int run() throws IOException, InterruptedException {
        if (enable && disable) {
            throw new ParameterException(spec().commandLine(), "--enable contradicts --disable");
        }
        if (enable || disable) {
            out().println(answer(
                    Operations.UPDATE_CONTRIBUTOR_INSIGHTS,
                    UpdateContributorInsightsInput.builder()
                            .tableName(table)
                            .indexName(index)
                            .contributorInsightsAction(
                                    enable ? ContributorInsightsAction.ENABLE : ContributorInsightsAction.DISABLE)
                            .build()));
            return CommandLine.ExitCode.OK;
        }
        show();
        return CommandLine.ExitCode.OK;
    }

    private void show() throws IOException, InterruptedException {
        DescribeTopKeysInput request = DescribeTopKeysInput.builder()
                .tableName(table)
                .indexName(index)
                .minutes(last.map(KeysCommand::minutes))
                .maxResults(top)
                .build();
        for (TopKeysRule rule :
                call(Operations.DESCRIBE_TOP_KEYS, request).rules().orElse(List.of())) {
            if (JobScreen.isTerminal()) {
                lines(rule).forEach(out()::println);
                out().println();
            } else {
                out().println(json(rule));
            }
        }
    }

    /** Begun minutes count; the server refuses too many. */
    private static int minutes(Duration last) {
        return Math.clamp(last.plusSeconds(59).toMinutes(), 0, Integer.MAX_VALUE);
    }

    private static String json(TopKeysRule rule) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(bytes)) {
            TopKeysRule.SHAPE.write(generator, rule);
        }
        return bytes.toString(UTF_8);
    }

    /** A table of one kind of keys: the highest first. */
    static List<String> lines(TopKeysRule rule) {
        List<String> names = rule.keyAttributes().orElse(List.of());
        boolean units = rule.counts().equals(Optional.of(TopKeysUnit.CONSUMED_THROUGHPUT_UNITS));
        String header = units ? "UNITS" : "THROTTLED";
        double total = rule.total().orElse(0.0);
        var rows = new ArrayList<List<String>>();
        var first = new ArrayList<>(List.of(header, "SHARE"));
        first.addAll(names);
        rows.add(first);
        for (TopKey key : rule.keys().orElse(List.of())) {
            double value = key.value().orElse(0.0);
            var row = new ArrayList<>(
                    List.of(number(value), total > 0 ? String.format(Locale.ROOT, "%.0f%%", 100 * value / total) : ""));
            names.forEach(name -> row.add(text(key.key().orElse(Item.EMPTY), name)));
            rows.add(row);
        }
        return rows.size() == 1
                ? List.of("No keys " + (units ? "used" : "throttled") + ": " + String.join(", ", names))
                : TextTable.lines(rows, Set.of(header, "SHARE"));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    /** A key may have characters that a terminal obeys. */
    private static String text(Item key, String name) {
        return key.get(name).map(KeysCommand::text).orElse("").replaceAll("\\p{Cntrl}", "?");
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.S(String text) -> text;
            case Value.N(var number) -> number.toString();
            case Value.B(var bytes) -> bytes.toString();
            case Value.SS _, Value.NS _, Value.BS _, Value.Bool _, Value.Null _, Value.L _, Value.M _ ->
                throw new IllegalStateException("no key type: " + value.type());
        };
    }
}
