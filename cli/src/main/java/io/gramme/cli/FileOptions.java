package io.gramme.cli;

import io.gramme.recovery.BackupPlace;
import io.gramme.server.ServerOptions.Files;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.Buckets;
import io.gramme.transfer.bucket.DirectoryBuckets;
import io.gramme.transfer.bucket.MemoryBuckets;
import io.gramme.transfer.bucket.S3Buckets;
import io.gramme.transfer.bucket.S3Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of {@code gramme serve} that say where backups, exports and imports have their files. */
final class FileOptions {
    @Option(
            names = "--backups",
            paramLabel = "DIRECTORY",
            description = "Keep the files of backups in this directory. On Cassandra, all servers must share it. By"
                    + " default they are in the data directory, or in memory with the tables.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private @Nullable Path backups;

    @Option(
            names = "--bucket-directory",
            paramLabel = "DIRECTORY",
            description = "Export to, and import from, the buckets in this directory: each subdirectory is a bucket.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private @Nullable Path bucketDirectory;

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "Export to, and import from, the buckets of this S3-compatible endpoint, signed with"
                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment, for the region AWS_REGION.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            converter = UrlText.class)
    private @Nullable URI s3Endpoint;

    /** @throws CommandLine.ParameterException if a directory cannot be used */
    Files files(CommandSpec spec) {
        return new Files(Optional.ofNullable(backups).map(directory -> place(directory, spec)), buckets(spec));
    }

    private static BackupPlace place(Path directory, CommandSpec spec) {
        Path whole = directory.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        if (parent == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--backups cannot be the root directory");
        }
        try {
            Bucket bucket = DirectoryBuckets.create(parent, whole.getFileName().toString());
            return new BackupPlace(bucket, Optional.empty());
        } catch (IOException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Cannot use the directory of --backups: " + e.getMessage(), e);
        }
    }

    private Buckets buckets(CommandSpec spec) {
        if (bucketDirectory != null && s3Endpoint != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--bucket-directory and --s3-endpoint exclude each other");
        }
        if (bucketDirectory != null) {
            if (!java.nio.file.Files.isDirectory(bucketDirectory)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--bucket-directory is no directory: " + bucketDirectory);
            }
            return new DirectoryBuckets(bucketDirectory);
        }
        return s3Endpoint == null
                ? new MemoryBuckets()
                : new S3Buckets(endpoint(Optional.of(s3Endpoint), System.getenv()));
    }

    /** @param url empty for AWS */
    static S3Endpoint endpoint(Optional<URI> url, Map<String, String> environment) {
        Optional<S3Endpoint.Credentials> credentials = Optional.ofNullable(environment.get("AWS_ACCESS_KEY_ID"))
                .map(id -> new S3Endpoint.Credentials(id, environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "")));
        return new S3Endpoint(
                url,
                environment.getOrDefault("AWS_REGION", "us-east-1"),
                credentials,
                true,
                Optional.empty(),
                S3Endpoint.Headers.ALL);
    }
}
