package io.gramme.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server keys on paper, and back. */
class RecoveryKeyTest {
    private static final ServerKey KEY = ServerKey.of(Bytes.wrap(new byte[] {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13,
        -14, -15, -16
    }));

    @TempDir
    private Path directory;

    @Test
    void aKeyIsReadAsItWasWritten() {
        String text = RecoveryKey.text(KEY);
        assertThat(text).matches("([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(RecoveryKey.key(text)).isEqualTo(KEY);
        assertThat(RecoveryKey.key(text.toLowerCase(java.util.Locale.ROOT)
                        .replace('-', ' ')
                        .replace('0', 'o')))
                .isEqualTo(KEY);
    }

    @Test
    void eachMisspelledLetterIsFound() {
        String text = RecoveryKey.text(KEY);
        for (int at = 0; at < text.length(); at++) {
            char right = text.charAt(at);
            if (right != '-') {
                String wrong = text.substring(0, at) + (right == '7' ? '8' : '7') + text.substring(at + 1);
                assertThatThrownBy(() -> RecoveryKey.key(wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageNotContaining(wrong);
            }
        }
        assertThatThrownBy(() -> RecoveryKey.key(text.substring(1))).hasMessageContaining("56");
        assertThatThrownBy(() -> RecoveryKey.key("U" + text.substring(1))).hasMessageContaining("group 1");
    }

    @Test
    void aFileIsRestoredFromItsRecoveryKeys() throws IOException {
        Path first = directory.resolve("first.key");
        new ServerKeyFile(first, true).write(new ServerKeys(List.of(KEY, ServerKey.of(Bytes.wrap(new byte[32])))));
        List<String> texts = RecoveryKey.export(first);
        Path second = directory.resolve("second.key");
        RecoveryKey.restore(second, texts);
        assertThat(Files.readString(second)).isEqualTo(Files.readString(first));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(second)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> RecoveryKey.restore(second, texts))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("move it away");
        assertThatThrownBy(() -> RecoveryKey.export(directory.resolve("none.key")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("There is no server key");
    }
}
