package io.gramme.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The account and region for which a command calls the server. Options name them; without options an ARN in the command
 * does, then the environment variables that the AWS CLI reads, then defaults. An option that contradicts the ARN is
 * refused.
 */
final class CallerOptions {
    static final String DEFAULT_ACCESS_KEY_ID = "gramme";

    /** The region of the examples in the documentation. */
    static final String DEFAULT_REGION = "eu-west-1";

    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:dynamodb:([^:/]*):([^:/]*):.*");

    @Option(
            names = "--access-key-id",
            paramLabel = "ID",
            description = "Access key id, which names the account; twelve digits are the account itself."
                    + " Default: AWS_ACCESS_KEY_ID.")
    private @Nullable String accessKeyId;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Region of the table. Default: AWS_REGION, AWS_DEFAULT_REGION, or " + DEFAULT_REGION + ".")
    private @Nullable String region;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * @param resource the table or stream of the command; the account in its ARN takes precedence over the environment
     */
    String accessKeyId(String resource) {
        Optional<String> chosen = choose(accessKeyId, "--access-key-id", resource, 2);
        if (accessKeyId == null && CallCredentials.issued(System.getenv()).isPresent()) {
            return CallCredentials.issued(System.getenv()).get();
        }
        return chosen.or(() -> environment("AWS_ACCESS_KEY_ID")).orElse(DEFAULT_ACCESS_KEY_ID);
    }

    /**
     * @param resource the table or stream of the command; the region in its ARN takes precedence over the environment
     */
    String region(String resource) {
        return choose(region, "--region", resource, 1)
                .or(() -> environment("AWS_REGION"))
                .or(() -> environment("AWS_DEFAULT_REGION"))
                .orElse(DEFAULT_REGION);
    }

    private Optional<String> choose(@Nullable String named, String option, String resource, int group) {
        Matcher arn = ARN.matcher(resource);
        Optional<String> ofArn = arn.matches() ? Optional.of(arn.group(group)) : Optional.empty();
        boolean comparable = group == 1 || (named != null && named.matches("\\d{12}"));
        if (named != null && comparable && ofArn.isPresent() && !ofArn.get().equals(named)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + named + " contradicts the ARN, which is of " + ofArn.get() + ": leave it out");
        }
        return Optional.ofNullable(named).or(() -> ofArn);
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }
}
