package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.server.ServerOptions.Encryption;
import io.gramme.server.ServerOptions.Encryption.Wish;
import io.gramme.server.ServerOptions.NewStore;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option that says whether tables are encrypted where they are stored. */
final class EncryptionOptions {
    @Option(
            names = "--encryption",
            paramLabel = "on|off",
            showDefaultValue = NEVER,
            converter = Text.class,
            description =
                    "Encrypt the tables of a new store with keys under the server key, for good; a store that exists"
                            + " stays as it is, and is refused if that contradicts this. Default: on for a new store"
                            + " on disk, and for one in Cassandra if there is a --server-key.")
    private @Nullable Switch encryption;

    enum Switch {
        ON,
        OFF
    }

    static final class Text extends EnumText<Switch> {
        Text() {
            super(Switch.values());
        }
    }

    Encryption encryption(CommandSpec spec) {
        Wish wish = encryption == null ? Wish.IF_NEW : encryption == Switch.ON ? Wish.ON : Wish.OFF;
        return new Encryption(wish, start -> announce(start, spec.commandLine().getOut()));
    }

    private static void announce(NewStore start, PrintWriter out) {
        switch (start) {
            case NewStore.Clear() ->
                out.println("The tables are not encrypted, because there is no key that all servers have: name one with"
                        + " --server-key before the first table is made, or say --encryption off");
            case NewStore.Sealed(String place, Optional<String> recoveryKey) -> {
                out.println("The tables are encrypted with the server key in " + place);
                recoveryKey.ifPresent(key -> {
                    out.println(
                            "  Without that file they cannot be read. This recovery key makes it again, and is shown"
                                    + " this once; keep it in another place:");
                    out.println("  " + key);
                });
            }
        }
        out.flush();
    }
}
