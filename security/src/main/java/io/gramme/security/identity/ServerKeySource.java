package io.gramme.security.identity;

import io.gramme.storage.StorageException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Where a server has its server keys from. */
public interface ServerKeySource {

    /** @throws StorageException in one sentence for an operator, if the keys cannot be used */
    Optional<ServerKeys> find();

    /** Makes the first key, where there is none; it lasts before this returns. Empty if an operator has to bring it. */
    Optional<ServerKeys> create();

    /** Where the keys of this server are expected, for messages. */
    String place();

    /** What an operator has to do about missing keys, as the end of a sentence. */
    default String remedy() {
        return "bring " + place() + " back from a copy, or make it again with 'gramme encryption restore-recovery "
                + place() + "'";
    }

    /** For a store that ends with its process. */
    static ServerKeySource random() {
        return new ServerKeySource() {
            @Override
            public Optional<ServerKeys> find() {
                return Optional.empty();
            }

            @Override
            public Optional<ServerKeys> create() {
                return Optional.of(new ServerKeys(List.of(ServerKey.random(new SecureRandom()))));
            }

            @Override
            public String place() {
                return "memory";
            }
        };
    }

    /** Beside a data directory, so that a copy of the directory has no keys: {@code DATA.key}; made when first needed. */
    static ServerKeySource beside(Path data) {
        Path whole = data.toAbsolutePath().normalize();
        return new ServerKeyFile(whole.resolveSibling(whole.getFileName() + ".key"), true);
    }

    /** A file that an operator brings. */
    static ServerKeySource file(Path file) {
        return new ServerKeyFile(file, false);
    }

    /** No key: secrets are neither made nor opened. */
    static ServerKeySource none() {
        return new ServerKeySource() {
            @Override
            public Optional<ServerKeys> find() {
                return Optional.empty();
            }

            @Override
            public Optional<ServerKeys> create() {
                return Optional.empty();
            }

            @Override
            public String place() {
                return "the file of --server-key";
            }

            @Override
            public String remedy() {
                return "name its file with --server-key";
            }
        };
    }
}
