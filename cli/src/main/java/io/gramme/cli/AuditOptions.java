package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.security.audit.AuditFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code gramme serve} about its audit log. */
final class AuditOptions {
    private static final long LEAST_BYTES = 64 << 10;

    @Option(
            names = "--audit-log",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Record who asks for what in this file: every request but those for items, before it is"
                    + " answered.")
    private @Nullable Path log;

    @Option(
            names = "--audit-data-events",
            showDefaultValue = NEVER,
            description = "Record requests for items as well, without the items.")
    private boolean dataEvents;

    @Option(
            names = "--audit-file-bytes",
            paramLabel = "SIZE",
            showDefaultValue = NEVER,
            converter = SizeText.class,
            description = "Begin the next file of the audit log when it is larger than this. Default: 100MB.")
    private @Nullable Long bytes;

    @Option(
            names = "--audit-files",
            paramLabel = "N",
            showDefaultValue = NEVER,
            description = "Keep this many full files of the audit log, and delete older ones. Default: 10.")
    private @Nullable Integer number;

    /** @throws ParameterException if an option is out of its range, or of no use */
    Optional<AuditFiles> files(CommandSpec spec) {
        if (log == null) {
            if (dataEvents || bytes != null || number != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--audit-data-events, --audit-file-bytes and --audit-files need --audit-log");
            }
            return Optional.empty();
        }
        if (bytes != null && bytes < LEAST_BYTES) {
            throw new ParameterException(
                    spec.commandLine(), "--audit-file-bytes is at least " + SizeText.of(LEAST_BYTES));
        }
        if (number != null && number < 1) {
            throw new ParameterException(spec.commandLine(), "--audit-files is at least 1");
        }
        return Optional.of(new AuditFiles(
                log,
                bytes == null ? AuditFiles.DEFAULT_BYTES : bytes,
                number == null ? AuditFiles.DEFAULT_NUMBER : number,
                dataEvents));
    }
}
