package io.gramme.encryption.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A {@link FileKey} that is unwrapped: seals and opens files, whose names are part of what is authenticated. For use by any
 * thread; each stream is for one. A stream takes about 200 KB.
 */
public final class FileCipher {
    static final int SECRET = 32;

    private static final byte[] MAC_PURPOSE = "gramme manifest mac".getBytes(UTF_8);
    private static final String HMAC = "HmacSHA256";

    private final FileKey key;
    private final Bytes secret;
    private final SecureRandom random = new SecureRandom();

    private FileCipher(FileKey key, Bytes secret) {
        this.key = key;
        this.secret = secret;
    }

    /**
     * Unwraps a key.
     *
     * @throws io.gramme.encryption.KeyUnusableException if its root key cannot be used, or did not wrap it
     * @throws io.gramme.encryption.KeyServiceDownException if the key service does not answer
     */
    public static FileCipher of(FileKey key, KeyService service) {
        return new FileCipher(key, service.unwrap(key.rootKey(), key.wrapped(), key.context()));
    }

    public FileKey key() {
        return key;
    }

    /**
     * A stream that seals into {@code sink}, to which the header is written at once. Closing it completes the file and closes the
     * sink.
     *
     * @param name at most 1,024 bytes; the file can be opened under this name only
     */
    public OutputStream seal(String name, OutputStream sink) throws IOException {
        FileHeader header = FileHeader.of(key.id(), name, random);
        sink.write(header.encode().shared());
        return new SealingOutputStream(sink, new Chunks(secret, header));
    }

    /** @throws DamagedFileException here and when the stream is read, if this is not the file as it was sealed */
    public InputStream open(String name, InputStream stored) throws IOException {
        return new OpeningInputStream(stored, new Chunks(secret, header(name, stored)), 0);
    }

    /**
     * The plaintext from {@code offset} on.
     *
     * @param offset at most the length of the plaintext
     * @throws DamagedFileException also if the file ends before {@code offset}
     */
    public InputStream open(String name, StoredFile stored, long offset) throws IOException {
        FileHeader header;
        try (InputStream begin = stored.from(0)) {
            header = header(name, begin);
        }
        // At the beginning of a chunk the one before is read: it may be the last.
        long number = offset == 0 ? 0 : (offset - 1) / FileHeader.CHUNK;
        InputStream rest = stored.from(header.encode().length() + number * Chunks.SEALED);
        var opened = new OpeningInputStream(rest, new Chunks(secret, header), number);
        try {
            opened.skipNBytes(offset - number * FileHeader.CHUNK);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e instanceof DamagedFileException ? e : new DamagedFileException("it ends before byte " + offset);
        }
    }

    private FileHeader header(String name, InputStream stored) throws IOException {
        FileHeader header = FileHeader.read(stored);
        if (!header.keyId().equals(key.id())) {
            throw new DamagedFileException("it was sealed with another key, " + header.keyId());
        }
        if (!header.name().equals(name)) {
            throw new DamagedFileException("it was sealed as another file, " + header.name());
        }
        return header;
    }

    /** Whether stored bytes begin as a sealed file does. */
    public static boolean isSealed(byte[] begin) {
        return Bytes.wrap(begin).startsWith(FileHeader.MAGIC);
    }

    /** Authenticates a content that stays readable: HMAC with SHA-256, under a key of its own. In hex. */
    public String mac(Bytes content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            HMAC,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret.toArray())
                                    .thenExpand(MAC_PURPOSE, SECRET)));
            return HexFormat.of().formatHex(mac.doFinal(content.shared()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks HKDF or HMAC", e);
        }
    }

    /** Whether a mac is that of a content. */
    public boolean hasMac(Bytes content, String mac) {
        return MessageDigest.isEqual(mac(content).getBytes(UTF_8), mac.getBytes(UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "cipher of file key " + key.id();
    }
}
