package io.gramme.encryption.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyUnusableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedFileTest {
    private static final String NAME = "data/one.json.gz";
    private static final int CHUNK = FileHeader.CHUNK;
    private static final int SEALED = Chunks.SEALED;
    private static final int[] SIZES = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 77};

    private final OneKeyService service = new OneKeyService();
    private final FileCipher cipher = cipher();

    private FileCipher cipher() {
        return FileCipher.of(
                FileKey.generate(service, OneKeyService.ARN, Map.of("for", "test"), new SecureRandom()), service);
    }

    private static byte[] plain(int size) {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private byte[] seal(String name, byte[] plain) throws IOException {
        var sink = new ByteArrayOutputStream();
        try (OutputStream out = cipher.seal(name, sink)) {
            // In pieces of all sizes, as a compressor writes.
            var random = new Random(1);
            for (int at = 0; at < plain.length; ) {
                int length = Math.min(plain.length - at, 1 + random.nextInt(100_000));
                out.write(plain, at, length);
                at += length;
            }
        }
        return sink.toByteArray();
    }

    private byte[] open(String name, byte[] sealed) throws IOException {
        try (InputStream in = cipher.open(name, new ByteArrayInputStream(sealed))) {
            return in.readAllBytes();
        }
    }

    private static StoredFile stored(byte[] sealed) {
        return offset -> {
            int from = (int) Math.min(offset, sealed.length);
            return new ByteArrayInputStream(sealed, from, sealed.length - from);
        };
    }

    private static int header() {
        return new FileHeader(
                        Bytes.wrap(new byte[FileKey.ID]),
                        Bytes.wrap(new byte[FileHeader.SALT]),
                        Bytes.wrap(new byte[FileHeader.NONCE]),
                        NAME)
                .encode()
                .length();
    }

    private void refuses(byte[] sealed, String reason) {
        assertThatThrownBy(() -> open(NAME, sealed))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aSealedFileOpensToItsContent() throws IOException {
        for (int size : SIZES) {
            byte[] sealed = seal(NAME, plain(size));
            int chunks = Math.max(1, (size + CHUNK - 1) / CHUNK);
            assertThat(sealed).as("bytes of %s", size).hasSize(header() + size + chunks * Chunks.TAG);
            assertThat(open(NAME, sealed)).as("content of %s bytes", size).isEqualTo(plain(size));
        }
    }

    @Test
    void aReaderBeginsAtAnyOffset() throws IOException {
        for (int size : SIZES) {
            byte[] plain = plain(size);
            byte[] sealed = seal(NAME, plain);
            for (int offset : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 76, size}) {
                if (offset > size) {
                    assertThatThrownBy(() -> cipher.open(NAME, stored(sealed), offset))
                            .as("%s of %s bytes", offset, size)
                            .isInstanceOf(DamagedFileException.class);
                    continue;
                }
                try (InputStream in = cipher.open(NAME, stored(sealed), offset)) {
                    assertThat(in.readAllBytes())
                            .as("%s bytes from %s", size, offset)
                            .isEqualTo(Arrays.copyOfRange(plain, offset, size));
                }
            }
        }
    }

    @Test
    void aFlippedBitIsFoundWhereverItIs() throws IOException {
        byte[] sealed = seal(NAME, plain(2 * CHUNK + 100));
        int header = header();
        for (int at = 0; at < header; at++) {
            flipped(sealed, at, 0x01);
            flipped(sealed, at, 0x80);
        }
        for (int chunk = 0; chunk < 3; chunk++) {
            int begin = header + chunk * SEALED;
            int end = Math.min(begin + SEALED, sealed.length);
            for (int at : new int[] {begin, begin + 1, (begin + end) / 2, end - 17, end - 16, end - 1}) {
                flipped(sealed, at, 0x01);
                byte[] damaged = sealed.clone();
                damaged[at] ^= 0x40;
                refuses(damaged, "chunk " + chunk + " is damaged");
            }
        }
    }

    private void flipped(byte[] sealed, int at, int bit) {
        byte[] damaged = sealed.clone();
        damaged[at] ^= (byte) bit;
        assertThatThrownBy(() -> open(NAME, damaged))
                .as("bit %s of byte %s", bit, at)
                .isInstanceOf(DamagedFileException.class);
    }

    @Test
    void aTruncatedFileIsFoundWhereverItEnds() throws IOException {
        byte[] sealed = seal(NAME, plain(2 * CHUNK + 100));
        int header = header();
        for (int length = 0; length <= header; length++) {
            int kept = length;
            assertThatThrownBy(() -> open(NAME, Arrays.copyOf(sealed, kept)))
                    .as("%s bytes", kept)
                    .isInstanceOf(DamagedFileException.class);
        }
        refuses(Arrays.copyOf(sealed, header), "its end is missing, from chunk 0 on");
        refuses(Arrays.copyOf(sealed, header + SEALED), "its end is missing, from chunk 1 on");
        refuses(Arrays.copyOf(sealed, header + 2 * SEALED), "its end is missing, from chunk 2 on");
        for (int length : new int[] {header + 1, header + SEALED - 1, header + SEALED + 1, sealed.length - 1}) {
            refuses(Arrays.copyOf(sealed, length), "cut off");
        }
    }

    @Test
    void appendedBytesAreFound() throws IOException {
        for (int size : SIZES) {
            byte[] sealed = seal(NAME, plain(size));
            for (int more : new int[] {1, 16, SEALED, SEALED + 1}) {
                refuses(Arrays.copyOf(sealed, sealed.length + more), "append");
            }
        }
    }

    @Test
    void chunksInAnotherOrderAreFound() throws IOException {
        byte[] sealed = seal(NAME, plain(4 * CHUNK));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, header() + SEALED, swapped, header() + 2 * SEALED, SEALED);
        System.arraycopy(sealed, header() + 2 * SEALED, swapped, header() + SEALED, SEALED);
        refuses(swapped, "chunk 1 is damaged, out of its place");
        byte[] doubled = Arrays.copyOf(sealed, sealed.length + SEALED);
        System.arraycopy(sealed, header(), doubled, header() + SEALED, sealed.length - header());
        refuses(doubled, "chunk 1 is damaged, out of its place");
        byte[] shorter = new byte[sealed.length - SEALED];
        System.arraycopy(sealed, 0, shorter, 0, header() + SEALED);
        System.arraycopy(sealed, header() + 2 * SEALED, shorter, header() + SEALED, shorter.length - header() - SEALED);
        refuses(shorter, "chunk 1 is damaged, out of its place");
    }

    @Test
    void aFileInThePlaceOfAnotherIsNamed() throws IOException {
        byte[] sealed = seal(NAME, plain(10));
        assertThatThrownBy(() -> open("data/two.json.gz", sealed))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage("it was sealed as another file, " + NAME);
        byte[] renamed = seal("data/two.json.gz", plain(10));
        System.arraycopy(sealed, 0, renamed, 0, header());
        refuses(renamed, "chunk 0 is damaged");
        assertThatThrownBy(() -> cipher().open(NAME, new ByteArrayInputStream(sealed)))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage("it was sealed with another key, " + cipher.key().id());
    }

    @Test
    void chunksOfAnotherFileOfTheSameNameAndKeyAreFound() throws IOException {
        byte[] first = seal(NAME, plain(3 * CHUNK));
        byte[] second = seal(NAME, plain(3 * CHUNK));
        System.arraycopy(first, header() + SEALED, second, header() + SEALED, SEALED);
        refuses(second, "chunk 1 is damaged");
    }

    @Test
    void damageThatWasFoundIsNoEndForTheNextRead() throws IOException {
        byte[] sealed = seal(NAME, plain(CHUNK + 1));
        try (InputStream in = cipher.open(NAME, new ByteArrayInputStream(sealed, 0, header() + SEALED))) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(in::readAllBytes).isInstanceOf(DamagedFileException.class);
            }
        }
    }

    @Test
    void aFileThatWasNotClosedIsRefused() throws IOException {
        var sink = new ByteArrayOutputStream();
        OutputStream out = cipher.seal(NAME, sink);
        out.write(plain(2 * CHUNK));
        refuses(sink.toByteArray(), "its end is missing, from chunk 1 on");
        out.close();
        assertThat(open(NAME, sink.toByteArray())).isEqualTo(plain(2 * CHUNK));
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void noTwoSealedFilesHaveTheSameBytes() throws IOException {
        byte[] one = seal(NAME, plain(100));
        byte[] other = seal(NAME, plain(100));
        assertThat(Arrays.copyOfRange(one, header(), one.length))
                .isNotEqualTo(Arrays.copyOfRange(other, header(), other.length));
    }

    @Test
    void aFileKeyIsReadBackAndUnwrapsInItsContextOnly() {
        FileKey key = cipher.key();
        assertThat(FileKey.decode(key.encode())).isEqualTo(key);
        byte[] code = key.encode().toArray();
        for (int length = 0; length < code.length; length++) {
            Bytes cut = Bytes.wrap(Arrays.copyOf(code, length));
            assertThatThrownBy(() -> FileKey.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        var elsewhere = new FileKey(key.id(), key.rootKey(), Map.of("for", "another"), key.wrapped());
        assertThatThrownBy(() -> FileCipher.of(elsewhere, service)).isInstanceOf(KeyUnusableException.class);
    }

    @Test
    void aMacIsThatOfItsContentAndKey() {
        String mac = cipher.mac(Bytes.utf8("content"));
        assertThat(cipher.hasMac(Bytes.utf8("content"), mac)).isTrue();
        assertThat(cipher.hasMac(Bytes.utf8("contents"), mac)).isFalse();
        assertThat(cipher().hasMac(Bytes.utf8("content"), mac)).isFalse();
    }

    @Test
    void aSealedLineOpensInItsFileOnly() throws IOException {
        SealedLines lines = SealedLines.under(service, OneKeyService.ARN, Map.of("for", "lines"));
        String line = new String(lines.seal("letters", "{\"a\": \"ü\"}".getBytes(UTF_8)), UTF_8);
        assertThat(line).doesNotContain("\n");
        assertThat(SealedLines.isSealed(line)).isTrue();
        assertThat(SealedLines.open(service, "letters", line)).isEqualTo("{\"a\": \"ü\"}");
        assertThatThrownBy(() -> SealedLines.open(service, "others", line)).isInstanceOf(DamagedFileException.class);
        for (String bad : new String[] {"{}", line.substring(0, line.length() - 8), line + " x", line + "!"}) {
            assertThatThrownBy(() -> SealedLines.open(service, "letters", bad))
                    .isInstanceOf(DamagedFileException.class);
        }
    }
}
