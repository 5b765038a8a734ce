package io.gramme.encryption.file;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;

/**
 * The key of some files, such as those of one backup, wrapped: it is kept with the files, which name it by its id.
 *
 * @param id 16 random bytes
 * @param rootKey the ARN of the key that wrapped it
 * @param context of the wrapping, with which alone it can be unwrapped
 */
public record FileKey(Bytes id, String rootKey, Map<String, String> context, Bytes wrapped) {
    static final int ID = 16;

    private static final int FORMAT = 1;
    private static final int MOST_WRAPPED = 8 << 10;
    private static final int MOST_CONTEXT = 16;

    /** @throws IllegalArgumentException if no key can be like this */
    public FileKey {
        context = Map.copyOf(context);
        if (id.length() != ID
                || wrapped.isEmpty()
                || wrapped.length() > MOST_WRAPPED
                || context.size() > MOST_CONTEXT) {
            throw new IllegalArgumentException("no key of files");
        }
    }

    /**
     * A new key under a root key.
     *
     * @throws io.gramme.encryption.KeyUnusableException if the root key cannot be used
     * @throws io.gramme.encryption.KeyServiceDownException if the key service does not answer
     */
    public static FileKey generate(
            KeyService service, String rootKey, Map<String, String> context, SecureRandom random) {
        var id = new byte[ID];
        random.nextBytes(id);
        return new FileKey(
                Bytes.wrap(id),
                rootKey,
                context,
                service.generate(rootKey, context).wrapped());
    }

    /** One byte of format, the id, and each further part behind its length. */
    public Bytes encode() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.write(id.shared());
            out.writeUTF(rootKey);
            out.writeByte(context.size());
            for (var entry : new TreeMap<>(context).entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeUTF(entry.getValue());
            }
            out.writeShort(wrapped.length());
            out.write(wrapped.shared());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory throws none.
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    /** @throws IllegalArgumentException if these bytes are none of {@link #encode} */
    public static FileKey decode(Bytes code) {
        var bytes = new ByteArrayInputStream(code.shared());
        try (var in = new DataInputStream(bytes)) {
            if (in.readUnsignedByte() != FORMAT) {
                throw new IllegalArgumentException("no key of files");
            }
            var id = new byte[ID];
            in.readFully(id);
            String rootKey = in.readUTF();
            var context = new TreeMap<String, String>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                context.put(in.readUTF(), in.readUTF());
            }
            var wrapped = new byte[in.readUnsignedShort()];
            in.readFully(wrapped);
            if (bytes.available() > 0) {
                throw new IllegalArgumentException("no key of files");
            }
            return new FileKey(Bytes.wrap(id), rootKey, context, Bytes.wrap(wrapped));
        } catch (IOException e) {
            throw new IllegalArgumentException("no key of files", e);
        }
    }
}
