package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.server.ServerOptions.Encryption;
import io.gramme.server.ServerOptions.Encryption.Wish;
import io.gramme.server.ServerOptions.SealedStart;
import java.io.PrintWriter;
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
                            + " stays as it is, and is refused if that contradicts this. Default: a new store is not encrypted.")
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
        Wish wish = encryption == null ? Wish.AS_FOUND : encryption == Switch.ON ? Wish.ON : Wish.OFF;
        return new Encryption(wish, start -> announce(start, spec.commandLine().getOut()));
    }

    private static void announce(SealedStart start, PrintWriter out) {
        out.println("The tables are encrypted with the server key in " + start.place());
        start.recoveryKey().ifPresent(key -> {
            out.println(
                    "  Keep a copy in another place: without it, the tables cannot be read. It is shown this once:");
            out.println("  " + key);
        });
        out.flush();
    }
}
