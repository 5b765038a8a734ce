package io.gramme.cli;

import io.gramme.api.DescribePartitionsInput;
import io.gramme.api.DescribePartitionsOutput;
import io.gramme.api.Operations;
import io.gramme.api.PartitionDescription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gramme top}: shows what a table of a running server consumes, second by second. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show what a table consumes: capacity units a second, what is refused and why, what is left for a burst, and"
                    + " the partitions that are used most.",
            "On a terminal the screen is drawn anew each second until Ctrl-C. Elsewhere print one line a second."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the command failed", "2:the command line is wrong"})
final class TopCommand extends CallingCommand {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The most pages of partitions that are read each second. */
    private static final int MOST_PAGES = 10;

    @Parameters(paramLabel = "TABLE", description = "Name or ARN of the table.")
    private String table = "";

    @Option(names = "--index", paramLabel = "NAME", description = "Show this global index of the table instead.")
    private @Nullable String index;

    @Option(names = "--once", description = "Print the screen once, and end.")
    private boolean once;

    @Override
    String resource() {
        return table;
    }

    @Override
    int run() throws IOException, InterruptedException {
        var screen = new TopScreen(out(), !once && JobScreen.isTerminal());
        if (once) {
            screen.print(read(), Instant.now());
            return ExitCode.OK;
        }
        try (var stop = StopSignal.install()) {
            do {
                screen.show(read(), Instant.now());
            } while (!stop.await(INTERVAL));
        }
        return ExitCode.OK;
    }

    /** What concerns the table, with all of its partitions. */
    private DescribePartitionsOutput read() throws IOException, InterruptedException {
        var partitions = new ArrayList<PartitionDescription>();
        DescribePartitionsOutput page = page(Optional.empty());
        partitions.addAll(page.partitions().orElse(List.of()));
        Optional<Integer> last = page.lastEvaluatedPartitionId();
        for (int pages = 1; last.isPresent() && pages < MOST_PAGES; pages++) {
            DescribePartitionsOutput next = page(last);
            partitions.addAll(next.partitions().orElse(List.of()));
            last = next.lastEvaluatedPartitionId();
        }
        return DescribePartitionsOutput.builder()
                .tableName(page.tableName())
                .indexName(page.indexName())
                .throughputMode(page.throughputMode())
                .lastSecond(page.lastSecond())
                .lastMinute(page.lastMinute())
                .throttledReads(page.throttledReads())
                .throttledWrites(page.throttledWrites())
                .throttleEvents(page.throttleEvents())
                .readCapacity(page.readCapacity())
                .writeCapacity(page.writeCapacity())
                .openPartitions(page.openPartitions())
                .partitions(partitions)
                .build();
    }

    private DescribePartitionsOutput page(Optional<Integer> after) throws IOException, InterruptedException {
        return call(
                Operations.DESCRIBE_PARTITIONS,
                DescribePartitionsInput.builder()
                        .tableName(table)
                        .indexName(Optional.ofNullable(index))
                        .exclusiveStartPartitionId(after)
                        .build());
    }
}
