package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyServiceDownException;
import io.gramme.http.Authentication.Mode;
import io.gramme.kms.aws.AwsKeyService;
import io.gramme.server.ServerOptions.Security;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say who may call a server. */
final class AuthOptions {
    @Option(
            names = "--auth",
            paramLabel = "MODE",
            converter = Text.class,
            defaultValue = "off",
            description = "Who may call: 'off' takes any credentials, 'enforce' verifies signatures and obeys policies,"
                    + " 'warn' does the same but only logs what it would refuse. Without any user, a server that"
                    + " checks makes an administrator's key and prints it once, or takes it from the files that"
                    + " GRAMME_ROOT_ACCESS_KEY_FILE and GRAMME_ROOT_SECRET_FILE name, for the account in"
                    + " GRAMME_ROOT_ACCOUNT.")
    private Mode mode = Mode.OFF;

    @Option(
            names = "--server-key",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description =
                    "Seal the secrets of access keys with the first key in this file, which only its owner can read: a"
                            + " line of 'openssl rand -base64 32' for each key. Default: a file beside the data directory,"
                            + " which the server makes; servers on Cassandra need one, the same for all of them.")
    private @Nullable Path serverKey;

    @Option(
            names = "--kms-endpoint",
            paramLabel = "URL",
            showDefaultValue = NEVER,
            converter = UrlText.class,
            description =
                    "Take the root keys that clients choose for tables from this key management service, which speaks the"
                            + " protocol of AWS KMS, with the credentials that the AWS SDK finds in the environment, in"
                            + " the region of AWS_REGION. Default: the keys of this server, which the clients of KMS make at its port.")
    private @Nullable URI kmsEndpoint;

    private static final Pattern HOST_OF_AWS = Pattern.compile("kms(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com.*");

    /** Reads a mode. */
    static final class Text extends EnumText<Mode> {
        Text() {
            super(Mode.values());
        }
    }

    Mode mode() {
        return mode;
    }

    Security security(CommandSpec spec) {
        try {
            RootKeySetting root = RootKeySetting.of(System.getenv());
            var security = new Security(
                    mode,
                    Optional.ofNullable(serverKey),
                    root.account(),
                    root.key(),
                    made -> root.announce(made, spec.commandLine().getOut()));
            return kmsEndpoint == null ? security : security.at(keyService(kmsEndpoint, spec));
        } catch (IOException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static KeyService keyService(URI endpoint, CommandSpec spec) {
        try {
            return new AwsKeyService(Optional.of(endpoint), Optional.of(region(endpoint, System.getenv())));
        } catch (KeyServiceDownException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Cannot use --kms-endpoint: " + e.getMessage(), e);
        }
    }

    /** That of the environment, of the host of AWS, or any: other services take requests for every region. */
    static String region(URI endpoint, Map<String, String> environment) {
        Matcher host = HOST_OF_AWS.matcher(endpoint.getHost() == null ? "" : endpoint.getHost());
        return Stream.of("AWS_REGION", "AWS_DEFAULT_REGION")
                .flatMap(name -> Stream.ofNullable(environment.get(name)))
                .findFirst()
                .orElseGet(() -> host.matches() ? host.group(1) : "us-east-1");
    }
}
