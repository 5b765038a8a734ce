package io.gramme.cli;

import io.gramme.security.identity.NewKey;
import io.gramme.security.identity.RootKey;
import io.gramme.security.identity.RootKey.Given;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says of the first key of an account, for servers that no one watches start. Both files, or neither,
 * are named; white space around their contents is left out.
 *
 * @param key the key to use; empty for a random one
 */
record RootKeySetting(String account, Optional<Given> key) {
    private static final String ACCOUNT = "GRAMME_ROOT_ACCOUNT";
    private static final String KEY_FILE = "GRAMME_ROOT_ACCESS_KEY_FILE";
    private static final String SECRET_FILE = "GRAMME_ROOT_SECRET_FILE";
    private static final int LONGEST = 1_024;

    /** @throws IOException with a message for the user, without the secret */
    static RootKeySetting of(Map<String, String> environment) throws IOException {
        String account = environment.getOrDefault(ACCOUNT, RootKey.DEFAULT_ACCOUNT);
        if (!account.matches("\\d{12}")) {
            throw new IOException(ACCOUNT + " is twelve digits, not " + account);
        }
        Optional<String> id = content(environment, KEY_FILE);
        Optional<String> secret = content(environment, SECRET_FILE);
        if (id.isPresent() != secret.isPresent()) {
            throw new IOException("set both " + KEY_FILE + " and " + SECRET_FILE + ", or neither");
        }
        try {
            return new RootKeySetting(account, id.map(text -> new Given(text, secret.orElseThrow())));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Optional<String> content(Map<String, String> environment, String name) throws IOException {
        String file = environment.getOrDefault(name, "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path) || Files.size(path) > LONGEST) {
            throw new IOException(name + " names no small file: " + file);
        }
        return Optional.of(Files.readString(path).strip());
    }

    /** Shows a key, which is never shown again; one that an operator chose is not shown at all. */
    void announce(NewKey made, PrintWriter out) {
        if (key.isPresent()) {
            return;
        }
        out.println("The first access key of account " + account + ", shown this once:");
        out.println("  export AWS_ACCESS_KEY_ID=" + made.key().id());
        out.println("  export AWS_SECRET_ACCESS_KEY=" + made.secret());
        out.flush();
    }
}
