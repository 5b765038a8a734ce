package io.gramme.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.identity.AccessKeys.Found;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.memory.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final String ACCOUNT = "111122223333";

    private final RowStore rows = new MemoryStore(InstantSource.system());

    @TempDir
    private Path directory;

    private Identities open(ServerKeySource source) {
        return Identities.open(rows, source, InstantSource.system());
    }

    private static ServerKeySource given(String text) {
        return new GivenKeys(ServerKeys.parse(text));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        var sealer = new Sealer(ServerKeys.parse(GivenKeys.ONE));
        Bytes sealed = sealer.seal("purpose", "context", new byte[] {1, 2, 3});
        assertThat(sealer.open("purpose", "context", sealed)).contains(new byte[] {1, 2, 3});
        assertThat(sealer.open("purpose", "other", sealed)).isEmpty();
        assertThat(sealer.open("other", "context", sealed)).isEmpty();
        for (int bit = 0; bit < sealed.length() * 8; bit++) {
            byte[] changed = sealed.toArray();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(sealer.open("purpose", "context", Bytes.wrap(changed))).isEmpty();
        }
        for (int length = 0; length < sealed.length(); length++) {
            byte[] cut = Arrays.copyOf(sealed.toArray(), length);
            assertThat(sealer.open("purpose", "context", Bytes.wrap(cut))).isEmpty();
        }
    }

    @Test
    void aNonceIsUsedOnce() {
        var sealer = new Sealer(ServerKeys.parse(GivenKeys.ONE));
        Set<Bytes> nonces = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            nonces.add(Bytes.copyOf(
                    Arrays.copyOfRange(sealer.seal("p", "c", new byte[1]).toArray(), 5, 17)));
        }
        assertThat(nonces).hasSize(1_000);
    }

    @Test
    void aServerWithAnotherKeyDoesNotStart() {
        RootKey.bootstrap(open(given(GivenKeys.ONE)), ACCOUNT, Optional.empty());
        assertThatThrownBy(() -> open(given(GivenKeys.TWO)))
                .isInstanceOf(StorageException.class)
                .hasMessageMatching(
                        "The store has secrets that are sealed with the server key [0-9a-f]{8}, and the test"
                                + " has another: bring the file back that belongs to this store");
        assertThatThrownBy(() -> open(ServerKeySource.none()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("there is no key in the file of --server-key: bring the file back");
    }

    @Test
    void anAccountWithoutSecretsNeedsNoKey() {
        open(ServerKeySource.none());
        assertThatThrownBy(() -> RootKey.bootstrap(open(ServerKeySource.none()), ACCOUNT, Optional.empty()))
                .isInstanceOf(StorageException.class)
                .hasMessage("A root key needs a server key that seals it: start with --server-key FILE");
        assertThat(open(ServerKeySource.none()).find("ASIAGRAMAAAAAAAAAAAA", Optional.of("token")))
                .isInstanceOf(Found.Unknown.class);
    }

    @Test
    void afterRotationTheOldKeyIsNotNeeded() {
        NewKey key = RootKey.bootstrap(open(given(GivenKeys.ONE)), ACCOUNT, Optional.empty())
                .orElseThrow();
        Identities both = open(given(GivenKeys.TWO + GivenKeys.ONE));
        assertThat(both.find(key.key().id(), Optional.empty())).isInstanceOf(Found.Key.class);
        assertThat(both.resealAll()).isEqualTo(1);
        assertThat(both.resealAll()).isZero();
        Found found = open(given(GivenKeys.TWO)).find(key.key().id(), Optional.empty());
        assertThat(((Found.Key) found).secret()).isEqualTo(key.secret());
        assertThatThrownBy(() -> open(given(GivenKeys.ONE))).isInstanceOf(StorageException.class);
    }

    @Test
    void theKeyOfADataDirectoryIsMadeWhenItIsNeeded() throws Exception {
        Path data = directory.resolve("data");
        Path file = directory.resolve("data.key");
        Identities first = open(ServerKeySource.beside(data));
        assertThat(file).doesNotExist();
        RootKey.bootstrap(first, ACCOUNT, Optional.empty());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        open(ServerKeySource.beside(data));
        Files.delete(file);
        assertThatThrownBy(() -> open(ServerKeySource.beside(data))).hasMessageContaining("there is no key in " + file);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        Path file = directory.resolve("server.key");
        Files.writeString(file, GivenKeys.ONE);
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> open(ServerKeySource.file(file)))
                    .hasMessage("The server key in " + file + " is open to other users: run 'chmod 600 " + file + "'");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        open(ServerKeySource.file(file));
    }

    @Test
    void aFileThatHoldsNoKeyIsRefusedWithoutAWordOfIt() throws Exception {
        Path file = directory.resolve("server.key");
        for (String text :
                new String[] {"", "# nothing\n", "password123!\n", "AAAA\n", "\0\1\2", GivenKeys.ONE.repeat(21)}) {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThatThrownBy(() -> open(ServerKeySource.file(file)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("The server key in " + file + " cannot be used: ")
                    .hasMessageNotContaining("password123");
        }
        assertThatThrownBy(() -> open(ServerKeySource.file(directory.resolve("absent"))))
                .hasMessageStartingWith("There is no server key in ");
    }

    @Test
    void noTextShowsASecret() {
        var key = ServerKey.of(Bytes.wrap(new byte[32]));
        assertThat(key.toString()).matches("server key [0-9a-f]{8}");
        assertThat(ServerKeys.parse(GivenKeys.ONE).toString()).matches("\\[server key [0-9a-f]{8}]");
    }
}
