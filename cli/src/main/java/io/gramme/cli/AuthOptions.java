package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.http.Authentication.Mode;
import io.gramme.security.identity.NewKey;
import io.gramme.security.identity.RootKey;
import io.gramme.server.ServerOptions.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say who may call a server. */
final class AuthOptions {
    private static final String KEY_FILE = "GRAMME_ROOT_ACCESS_KEY_FILE";
    private static final String SECRET_FILE = "GRAMME_ROOT_SECRET_FILE";
    private static final String ACCOUNT = "GRAMME_ROOT_ACCOUNT";

    @Option(
            names = "--auth",
            paramLabel = "MODE",
            converter = Text.class,
            defaultValue = "off",
            description = "Who may call: 'off' takes any credentials, 'enforce' verifies signatures and obeys policies,"
                    + " 'warn' does the same but only logs what it would refuse. Without any user, a server that"
                    + " checks makes an administrator's key and prints it once, or takes it from the files that "
                    + KEY_FILE + " and " + SECRET_FILE + " name, for the account in " + ACCOUNT + ".")
    private Mode mode = Mode.OFF;

    @Option(
            names = "--server-key",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "The key that seals the secrets of access keys. Default: DATA.key beside the data directory,"
                    + " made when it is first needed; servers on Cassandra need a file, the same for all of them.")
    private @Nullable Path serverKey;

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
        Map<String, String> environment = System.getenv();
        try {
            Optional<RootKey.Given> given = given(environment);
            return new Security(
                    mode,
                    Optional.ofNullable(serverKey),
                    environment.getOrDefault(ACCOUNT, RootKey.DEFAULT_ACCOUNT),
                    given,
                    key -> show(key, given.isPresent(), spec));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static Optional<RootKey.Given> given(Map<String, String> environment) throws IOException {
        String key = environment.get(KEY_FILE);
        String secret = environment.get(SECRET_FILE);
        if (key == null && secret == null) {
            return Optional.empty();
        }
        if (key == null || secret == null) {
            throw new IllegalArgumentException(KEY_FILE + " and " + SECRET_FILE + " need each other");
        }
        return Optional.of(new RootKey.Given(line(key), line(secret)));
    }

    private static String line(String file) throws IOException {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The only time that the secret is shown; one that the operator gave is not. */
    private static void show(NewKey made, boolean given, CommandSpec spec) {
        var out = spec.commandLine().getOut();
        String owner = "the root of account " + made.key().account();
        if (given) {
            out.println("The first key of this server is " + made.key().id() + ", of " + owner);
        } else {
            out.println("The first key of this server, of " + owner + ". It is shown only now:");
            out.println("  export AWS_ACCESS_KEY_ID=" + made.key().id());
            out.println("  export AWS_SECRET_ACCESS_KEY=" + made.secret());
        }
        out.flush();
    }
}
