package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.server.ServerOptions.Throttling;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.table.Throughput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say which requests are refused for lack of throughput. */
final class ThrottlingOptions {
    @Option(
            names = "--throughput",
            paramLabel = "MODE",
            converter = Mode.class,
            defaultValue = "off",
            description =
                    "Throttle requests as the service does: 'off' only counts capacity units, 'limits' refuses what is"
                            + " beyond provisioned throughput and on-demand maxima, 'aws' also what is beyond on-demand capacity"
                            + " and beyond a partition. The tag gramme:throughput of a table overrides this.")
    private ThroughputMode mode = ThroughputMode.OFF;

    @Option(
            names = "--account-quota",
            paramLabel = "READS,WRITES",
            showDefaultValue = NEVER,
            description =
                    "Refuse what an account consumes in a region beyond so many read and write units a second, in all"
                            + " tables together that are throttled at all.")
    private @Nullable String quota;

    /** Reads a mode. */
    static final class Mode extends EnumText<ThroughputMode> {
        Mode() {
            super(ThroughputMode.values());
        }
    }

    Throttling throttling(CommandSpec spec) {
        return new Throttling(mode, Optional.ofNullable(quota).map(text -> quota(text, spec)));
    }

    private static Throughput quota(String text, CommandSpec spec) {
        if (!text.matches("[1-9][0-9]{0,8},[1-9][0-9]{0,8}")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--account-quota is two numbers of units, such as 80000,80000, not " + text);
        }
        int comma = text.indexOf(',');
        return new Throughput(Long.parseLong(text.substring(0, comma)), Long.parseLong(text.substring(comma + 1)));
    }
}
