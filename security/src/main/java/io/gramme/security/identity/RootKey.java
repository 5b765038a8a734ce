package io.gramme.security.identity;

import io.gramme.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The first key of an account, with which an administrator makes the others. */
public final class RootKey {
    public static final String DEFAULT_ACCOUNT = "000000000000";
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern KEY_ID = Pattern.compile("(?!ASIA)\\w{16,128}");
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 128;

    private RootKey() {}

    /** A key that an operator chose. */
    public record Given(String id, String secret) {
        /** @throws IllegalArgumentException with a text for a person, without the secret */
        public Given {
            if (!KEY_ID.matcher(id).matches()) {
                throw new IllegalArgumentException("a root access key id has 16 to 128 letters, digits and underscores,"
                        + " and does not begin with ASIA, which is for sessions");
            }
            if (secret.length() < SHORTEST_SECRET || secret.length() > LONGEST_SECRET) {
                throw new IllegalArgumentException("a root secret has " + SHORTEST_SECRET + " to " + LONGEST_SECRET
                        + " characters, not " + secret.length());
            }
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return id;
        }
    }

    /**
     * Makes the first key of an account, unless it has a root key or any user already.
     *
     * @param given the key to use; empty for a random one
     * @return the key, to be shown once; empty if there was one
     * @throws StorageException in one sentence for an operator, if there is no server key or the id is taken
     */
    public static Optional<NewKey> bootstrap(Identities identities, String account, Optional<Given> given) {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException("an account is twelve digits, not " + account);
        }
        if (isThere(identities.store().totals(account))) {
            return Optional.empty();
        }
        try {
            var mint = new KeyMint(identities);
            Optional<NewKey> made = given.isPresent()
                    ? mint.make(account, "", given.get().id(), given.get().secret(), RootKey::belongs)
                    : mint.make(account, "", RootKey::belongs);
            return Optional.of(made.orElseThrow(() -> new StorageException(
                    identities.sealer().isEmpty()
                            ? "A root key needs a server key that seals it: start with --server-key FILE"
                            : "The id of the root key belongs to another account: choose another")));
        } catch (Late _) {
            return Optional.empty();
        }
    }

    private static boolean isThere(AccountTotals totals) {
        return !totals.rootKeys().isEmpty() || totals.users() > 0;
    }

    /** Another server was first. */
    private static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1;

        Late() {
            super("late", null, false, false);
        }
    }

    private static void belongs(AccountEdit edit, AccessKey key) {
        if (isThere(edit.totals())) {
            throw new Late();
        }
        edit.setRootKeys(List.of(key.id()));
    }
}
