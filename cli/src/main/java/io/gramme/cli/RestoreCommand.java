package io.gramme.cli;

import io.gramme.api.Operations;
import io.gramme.api.RestoreTableToPointInTimeInput;
import io.gramme.api.TableDescription;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code gramme restore}: creates a table with the items that another table had at an earlier time. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "gramme restore TABLE --at=TIME|latest --to=NEW [OPTIONS]",
            "       gramme restore server DIR --data=NEWDIR"
        },
        description = {
            "Create a table with the items that another one had at the end of a second, print its ARN, and wait until"
                    + " it is complete. The other table must have point-in-time recovery: 'gramme recovery on TABLE'.",
            "To restore a backup, use 'gramme backup restore'. A table named server has an ARN."
        },
        subcommands = ServerRestoreCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the table is complete",
            "1:the command failed, or the job failed or was left running",
            "2:the command line is wrong"
        })
final class RestoreCommand extends CallingCommand {
    // Required are a table, --at and --to, but not for the subcommand, for which the parser would require them as well.
    @Parameters(
            paramLabel = "TABLE",
            arity = "0..1",
            description = "Name or ARN of the table whose items are restored.")
    private String table = "";

    @Option(
            names = "--at",
            paramLabel = "TIME|latest",
            converter = AtText.class,
            description = "Restore the items of this second (2026-11-30T14:03:00Z), or of the latest restorable one."
                    + " 'gramme recovery show' prints both ends of what is restorable.")
    private @Nullable At at;

    @Option(names = "--to", paramLabel = "NEW", description = "Name of the new table.")
    private String target = "";

    /** @param time empty for the latest restorable one */
    record At(Optional<Instant> time) {}

    static final class AtText implements ITypeConverter<At> {
        @Override
        public At convert(String text) {
            if (text.equalsIgnoreCase("latest")) {
                return new At(Optional.empty());
            }
            try {
                return new At(Optional.of(new MomentText().convert(text)));
            } catch (TypeConversionException _) {
                throw new TypeConversionException(
                        "'" + text + "' is neither latest nor a time such as 2026-11-30T14:03:00Z");
            }
        }
    }

    @Override
    String resource() {
        return table;
    }

    @Override
    int run() throws IOException, InterruptedException {
        Optional<Instant> time = required().time();
        boolean arn = table.startsWith("arn:");
        RestoreTableToPointInTimeInput request = RestoreTableToPointInTimeInput.builder()
                .sourceTableArn(arn ? Optional.of(table) : Optional.empty())
                .sourceTableName(arn ? Optional.empty() : Optional.of(table))
                .restoreDateTime(time)
                .useLatestRestorableTime(time.isEmpty() ? Optional.of(true) : Optional.empty())
                .targetTableName(target)
                .build();
        TableDescription created = call(Operations.RESTORE_TABLE_TO_POINT_IN_TIME, request)
                .tableDescription()
                .orElseThrow(CallingCommand::unknownForm);
        out().println(created.tableArn().orElse(target));
        return watch(target, restoreOf(created.tableId().orElse("")), "Restored");
    }

    private At required() {
        var missing = new ArrayList<String>();
        if (table.isEmpty()) {
            missing.add("TABLE");
        }
        if (at == null) {
            missing.add("--at=TIME|latest");
        }
        if (target.isEmpty()) {
            missing.add("--to=NEW");
        }
        if (at == null || !missing.isEmpty()) {
            throw new ParameterException(spec().commandLine(), "Missing: " + String.join(", ", missing));
        }
        return at;
    }
}
