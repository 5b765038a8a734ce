package io.gramme.cli;

import io.gramme.api.Operations;
import io.gramme.api.RestoreTableToPointInTimeInput;
import io.gramme.api.TableDescription;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code gramme restore}: creates a table with the items that another table had at an earlier time. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
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
    @Parameters(paramLabel = "TABLE", description = "Name or ARN of the table whose items are restored.")
    private String table = "";

    @Option(
            names = "--at",
            required = true,
            paramLabel = "TIME|latest",
            converter = AtText.class,
            description = "Restore the items of this second (2026-11-30T14:03:00Z), or of the latest restorable one."
                    + " 'gramme recovery show' prints both ends of what is restorable.")
    private At at = new At(Optional.empty());

    @Option(names = "--to", required = true, paramLabel = "NEW", description = "Name of the new table.")
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
        boolean arn = table.startsWith("arn:");
        RestoreTableToPointInTimeInput request = RestoreTableToPointInTimeInput.builder()
                .sourceTableArn(arn ? Optional.of(table) : Optional.empty())
                .sourceTableName(arn ? Optional.empty() : Optional.of(table))
                .restoreDateTime(at.time())
                .useLatestRestorableTime(at.time().isEmpty() ? Optional.of(true) : Optional.empty())
                .targetTableName(target)
                .build();
        TableDescription created = call(Operations.RESTORE_TABLE_TO_POINT_IN_TIME, request)
                .tableDescription()
                .orElseThrow(CallingCommand::unknownForm);
        out().println(created.tableArn().orElse(target));
        return watch(target, restoreOf(created.tableId().orElse("")), "Restored");
    }
}
