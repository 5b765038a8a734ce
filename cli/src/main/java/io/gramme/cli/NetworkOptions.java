package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.http.Authentication.Mode;
import io.gramme.http.Exposure;
import io.gramme.http.HttpOptions.Browsers;
import io.gramme.http.HttpOptions.PerClient;
import io.gramme.http.tls.TlsOptions;
import io.gramme.http.tls.TlsOptions.Source;
import io.gramme.server.ServerOptions.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code gramme serve} that say how clients may reach its ports. */
final class NetworkOptions {
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern ORIGIN = Pattern.compile("null|[a-z][a-z0-9+.-]*://[^/?#\\s]+");

    /** Where the certificate of the server is from. */
    enum Tls {
        OFF,
        SELF_SIGNED,
        FILES;

        static final class Text extends EnumText<Tls> {
            Text() {
                super(Tls.values());
            }

            @Override
            public Tls convert(String text) {
                return super.convert(text.replace('-', '_'));
            }
        }
    }

    @Option(
            names = "--tls",
            paramLabel = "MODE",
            showDefaultValue = NEVER,
            converter = Tls.Text.class,
            description = "off (the default): plain HTTP; self-signed: HTTPS on every port, with a certificate that the"
                    + " server makes for itself; files: with --tls-certificate and --tls-key, which imply it.")
    private @Nullable Tls tls;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description =
                    "Certificate of the server, with the chain of its issuers (PEM). The files may be replaced while"
                            + " the server runs.")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Private key of --tls-certificate (PEM, PKCS #8, not encrypted).")
    private @Nullable Path key;

    @Option(
            names = "--tls-directory",
            paramLabel = "DIR",
            showDefaultValue = NEVER,
            description = "Keep the files of --tls self-signed in this directory. Default: tls in the data directory.")
    private @Nullable Path directory;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Refuse clients that have no certificate signed by one in this file (PEM).")
    private @Nullable Path clientAuthorities;

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            showDefaultValue = NEVER,
            description =
                    "Let browsers address this server by this name, and clients if it listens on this machine alone;"
                            + " the certificate of --tls self-signed is for it as well. May be repeated.")
    private List<String> hostNames = List.of();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            showDefaultValue = NEVER,
            description = "Let pages of this origin call this server: http://localhost:3000. May be repeated.")
    private List<String> origins = List.of();

    @Option(
            names = "--insecure",
            showDefaultValue = NEVER,
            description =
                    "Listen on an address that others can reach without --auth enforce: every client that reaches it"
                            + " can read and write every table.")
    private boolean insecure;

    @Mixin
    private AuditOptions audit = new AuditOptions();

    boolean isSecure() {
        return mode() != Tls.OFF;
    }

    private Tls mode() {
        if (tls != null) {
            return tls;
        }
        return certificate != null || key != null ? Tls.FILES : Tls.OFF;
    }

    /**
     * @param host that the server listens on
     * @param authentication who may call
     * @param beside where the files of a certificate of its own are by default; empty if there is no such place
     * @throws ParameterException if an option is missing, or contradicts another
     */
    Network network(String host, Mode authentication, Optional<Path> beside, CommandSpec spec) {
        Optional<String> refusal = Exposure.refusal(host, authentication, insecure);
        require(refusal.isEmpty(), refusal.orElse(""), spec);
        for (String name : hostNames) {
            require(HOST_NAME.matcher(name).matches(), "--host-name is the name of a host, not " + name, spec);
        }
        for (String origin : origins) {
            require(
                    ORIGIN.matcher(origin).matches(),
                    "--allow-origin is a scheme and a host, such as http://localhost:3000, not " + origin,
                    spec);
        }
        return new Network(
                tls(host, beside, spec), new Browsers(hostNames, origins), PerClient.DEFAULT, audit.files(spec));
    }

    private Optional<TlsOptions> tls(String host, Optional<Path> beside, CommandSpec spec) {
        boolean files = mode() == Tls.FILES;
        require(files || (certificate == null && key == null), "--tls-certificate is for --tls files", spec);
        require(mode() == Tls.SELF_SIGNED || directory == null, "--tls-directory is for --tls self-signed", spec);
        require(isSecure() || clientAuthorities == null, "--tls-client-ca needs --tls", spec);
        Optional<Source> source = switch (mode()) {
            case OFF -> Optional.empty();
            case FILES -> Optional.of(files(spec));
            case SELF_SIGNED -> Optional.of(selfSigned(host, beside, spec));
        };
        if (clientAuthorities != null) {
            requireReadable("--tls-client-ca", clientAuthorities, spec);
            Path authorities = clientAuthorities;
            return source.map(TlsOptions::of).map(options -> options.withClientAuthorities(authorities));
        }
        return source.map(TlsOptions::of);
    }

    private Source files(CommandSpec spec) {
        if (certificate == null || key == null) {
            throw new ParameterException(spec.commandLine(), "--tls-certificate and --tls-key go together");
        }
        requireReadable("--tls-certificate", certificate, spec);
        requireReadable("--tls-key", key, spec);
        return new Source.Files(certificate, key);
    }

    private Source selfSigned(String host, Optional<Path> beside, CommandSpec spec) {
        Path place = Optional.ofNullable(directory)
                .or(() -> beside)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--tls self-signed needs --tls-directory if the tables are not on a disk of this server"));
        return new Source.SelfSigned(place, names(host));
    }

    /** The names of this machine, and those that the options name. */
    private List<String> names(String host) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        Stream.concat(ofThisMachine().stream(), hostNames.stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(names::add);
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            names.add(host);
        }
        return List.copyOf(names);
    }

    private static Optional<String> ofThisMachine() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName())
                    .filter(name -> HOST_NAME.matcher(name).matches());
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    private static void requireReadable(String option, Path file, CommandSpec spec) {
        require(
                Files.isRegularFile(file) && Files.isReadable(file),
                option + " is not a file that can be read: " + file,
                spec);
    }

    private static void require(boolean holds, String text, CommandSpec spec) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), text);
        }
    }
}
