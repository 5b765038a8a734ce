package io.gramme.cli;

import io.gramme.cli.EncryptionOptions.Switch;
import io.gramme.cli.Serve.Storage;
import io.gramme.server.ServerOptions.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The check for options of {@code gramme serve} that contradict each other. Without it the server would ignore one of
 * them, and a user would learn only from missing tables that it was the one that says where to keep them.
 */
final class Contradictions {
    private static final String STORAGE = "--storage";
    private static final String IN_MEMORY = "--in-memory";

    /** For each storage, the options that apply to it alone. */
    private static final Map<Storage, List<String>> OWN = Map.of(
            Storage.DISK,
                    List.of(
                            "--data",
                            "--cache-bytes",
                            "--durability",
                            "--disk-reserve",
                            "--accept-log-loss",
                            "--server-backups"),
            Storage.MEMORY, List.of("--index-delay"),
            Storage.CASSANDRA,
                    List.of(
                            "--contact-points",
                            "--datacenter",
                            "--keyspace",
                            "--replication",
                            "--user",
                            "--password-file",
                            "--cassandra-tls",
                            "--cassandra-tls-ca",
                            "--cassandra-tls-cert",
                            "--cassandra-tls-key"));

    private static final List<String> PORTS = List.of("--port", "--streams-port", "--metrics-port");

    private Contradictions() {}

    /** @throws ParameterException if two options contradict each other; its message names both in one sentence */
    static void refuse(ParseResult given) {
        Storage storage = storage(given);
        for (Storage place : Storage.values()) {
            if (place != storage) {
                refuse(OWN.getOrDefault(place, List.of()), place, storage, given);
            }
        }
        refuseEncryptionInMemory(storage, given);
        refuseSharedPorts(given);
    }

    private static void refuseEncryptionInMemory(Storage storage, ParseResult given) {
        if (storage == Storage.MEMORY && given.matchedOptionValue("--encryption", Switch.OFF) == Switch.ON) {
            throw new ParameterException(
                    given.commandSpec().commandLine(),
                    "--encryption on is for tables that are stored, and the tables are " + where(storage, given));
        }
    }

    private static void refuse(List<String> options, Storage place, Storage storage, ParseResult given) {
        options.stream().filter(given::hasMatchedOption).findFirst().ifPresent(option -> {
            throw new ParameterException(
                    given.commandSpec().commandLine(),
                    option + " is for --storage " + word(place) + ", and the tables are " + where(storage, given));
        });
    }

    private static Storage storage(ParseResult given) {
        Optional<Storage> named = Optional.ofNullable(given.matchedOptionValue(STORAGE, null));
        if (!given.hasMatchedOption(IN_MEMORY)) {
            return named.orElse(Storage.DISK);
        }
        if (named.isPresent() && named.get() != Storage.MEMORY) {
            throw new ParameterException(
                    given.commandSpec().commandLine(),
                    IN_MEMORY + " contradicts " + STORAGE + " " + word(named.get()) + ": give one of the two");
        }
        return Storage.MEMORY;
    }

    private static String where(Storage storage, ParseResult given) {
        return switch (storage) {
            case DISK -> "on disk" + (given.hasMatchedOption(STORAGE) ? "" : ", which is the default");
            case MEMORY ->
                "in memory by " + (given.hasMatchedOption(IN_MEMORY) ? IN_MEMORY : STORAGE + " " + word(storage));
            case CASSANDRA -> "in Cassandra";
        };
    }

    private static String word(Storage storage) {
        return storage.name().toLowerCase(Locale.ROOT);
    }

    /** Two options may both be 0, for each gets a free port of its own. */
    private static void refuseSharedPorts(ParseResult given) {
        var taken = new ArrayList<Integer>();
        for (String option : PORTS) {
            Integer port = given.matchedOptionValue(option, option.equals(PORTS.getFirst()) ? defaultPort() : 0);
            int other = port == 0 ? -1 : taken.indexOf(port);
            if (other >= 0) {
                throw new ParameterException(
                        given.commandSpec().commandLine(),
                        option + " is the port of " + PORTS.get(other) + ", " + port + ": give each a port of its own");
            }
            taken.add(port);
        }
    }

    private static int defaultPort() {
        return Ports.DEFAULT_PORT;
    }
}
