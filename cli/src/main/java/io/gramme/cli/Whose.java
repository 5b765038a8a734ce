package io.gramme.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** In which account and region: those of the environment, as the AWS CLI has them. */
final class Whose {
    @Option(
            names = "--access-key-id",
            paramLabel = "ID",
            defaultValue = "${env:AWS_ACCESS_KEY_ID}",
            description = "Says which account, as AWS_ACCESS_KEY_ID does; twelve digits are the account itself.")
    private Optional<String> accessKeyId = Optional.empty();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "In which region. Default: AWS_REGION or AWS_DEFAULT_REGION, or us-east-1.")
    private Optional<String> region = Optional.empty();

    String accessKeyId() {
        return accessKeyId.filter(id -> !id.isEmpty()).orElse("gramme");
    }

    String region() {
        return region.or(() -> environment("AWS_REGION"))
                .or(() -> environment("AWS_DEFAULT_REGION"))
                .orElse("us-east-1");
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }
}
