package io.gramme.cli;

import io.gramme.api.DescribeExportInput;
import io.gramme.api.DescribeTableInput;
import io.gramme.api.ExportDescription;
import io.gramme.api.ExportFormat;
import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.api.ExportType;
import io.gramme.api.IncrementalExportSpecification;
import io.gramme.api.Operations;
import io.gramme.api.TableDescription;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code gramme export}: writes the items of a running server's table into a bucket. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write the items of a table into a bucket, in the files of a DynamoDB export, and print the ARN of the"
                    + " export. The table must have point-in-time recovery: 'gramme recovery on TABLE'.",
            "With --from, write what became of the items that changed since, as an incremental export does."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the command failed, or with --wait the export failed or was left running",
            "2:the command line is wrong"
        })
final class ExportCommand extends CallingCommand {
    @Parameters(paramLabel = "TABLE", description = "Name or ARN of the table.")
    private String table = "";

    @Option(
            names = "--bucket",
            required = true,
            paramLabel = "BUCKET",
            description = "Bucket of the server: a subdirectory of its --bucket-directory, or a bucket of its"
                    + " --s3-endpoint.")
    private String bucket = "";

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Write below this prefix in the bucket.")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "Export the items as they were at this time (2026-11-30T14:03:00Z). Default: now")
    private Optional<Instant> at = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "Export the items that changed at or after this time, 15 minutes to 24 hours before --to.")
    private Optional<Instant> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "Export changes before this time only; needs --from. Default: now")
    private Optional<Instant> to = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatText.class,
            description = "Format of the files: json (DynamoDB JSON) or ion. Default: json")
    private ExportFormat format = ExportFormat.DYNAMODB_JSON;

    @Mixin
    private ExportFilterOptions filter = new ExportFilterOptions();

    @Option(names = "--wait", description = "Wait until the export is complete. Ctrl-C leaves the job running.")
    private boolean wait;

    static final class FormatText implements ITypeConverter<ExportFormat> {
        @Override
        public ExportFormat convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "json" -> ExportFormat.DYNAMODB_JSON;
                case "ion" -> ExportFormat.ION;
                default -> throw new TypeConversionException("'" + text + "' is not one of json, ion");
            };
        }
    }

    @Override
    String resource() {
        return table;
    }

    @Override
    int run() throws IOException, InterruptedException {
        requireOneKind();
        // Refused before the server is called, if the command line is wrong.
        boolean filtered = filter.specification().isPresent();
        String arn = call(Operations.EXPORT_TABLE_TO_POINT_IN_TIME, request(tableArn()))
                .exportDescription()
                .flatMap(ExportDescription::exportArn)
                .orElseThrow(CallingCommand::unknownForm);
        out().println(arn);
        if (!wait) {
            return CommandLine.ExitCode.OK;
        }
        // The job counts what it reads, whether a filter lets it pass or not.
        int status = watch(table, jobOf("EXPORT", arn), filtered ? "Read" : "Exported");
        if (status == CommandLine.ExitCode.OK) {
            describe(arn, filtered);
        }
        return status;
    }

    private void describe(String arn, boolean filtered) throws IOException, InterruptedException {
        ExportDescription export = call(Operations.DESCRIBE_EXPORT, new DescribeExportInput(arn))
                .exportDescription()
                .orElseThrow(CallingCommand::unknownForm);
        if (filtered) {
            err().println(String.format(
                    Locale.ROOT, "Exported %,d of them", export.itemCount().orElse(0L)));
        }
        export.exportManifest().ifPresent(key -> err().println("The manifest is " + key + " in bucket " + bucket));
    }

    private void requireOneKind() {
        if (to.isPresent() && from.isEmpty()) {
            throw new ParameterException(spec().commandLine(), "--to needs --from; for one moment, use --at");
        }
        if (at.isPresent() && from.isPresent()) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--at is for a full export, and --from for an incremental one: leave one out");
        }
    }

    private String tableArn() throws IOException, InterruptedException {
        return table.startsWith("arn:")
                ? table
                : call(Operations.DESCRIBE_TABLE, new DescribeTableInput(table))
                        .table()
                        .flatMap(TableDescription::tableArn)
                        .orElseThrow(CallingCommand::unknownForm);
    }

    private ExportTableToPointInTimeInput request(String arn) {
        Optional<IncrementalExportSpecification> window =
                from.map(begin -> new IncrementalExportSpecification(Optional.of(begin), to, Optional.empty()));
        return ExportTableToPointInTimeInput.builder()
                .tableArn(arn)
                .s3Bucket(bucket)
                .s3Prefix(prefix)
                .exportFormat(format)
                .exportTime(at)
                .exportType(window.map(_ -> ExportType.INCREMENTAL_EXPORT))
                .incrementalExportSpecification(window)
                .filterSpecification(filter.specification())
                .build();
    }
}
