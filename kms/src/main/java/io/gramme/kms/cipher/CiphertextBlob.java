package io.gramme.kms.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The form of what a symmetric key encrypted: a head that names the key and its material, and the sealed bytes. The head
 * is one byte of format, one of the length of the region's name, that name, eight bytes of the account, sixteen of the key's
 * id, sixteen that the id of the material begins with, and four of a checksum of all that. All of the head is authenticated
 * with the sealed bytes; the checksum alone tells a damaged head from one that names a key of the past.
 *
 * @param account of the key, twelve digits
 * @param material the first 32 hexadecimal digits of its id
 * @param sealed a nonce of 16 bytes, and the ciphertext with its tag
 */
public record CiphertextBlob(String account, String region, String keyId, String material, Bytes sealed) {
    private static final int FORMAT = 1;
    private static final int MATERIAL = 16;
    private static final int CHECKSUM = 4;
    private static final int ACCOUNT_DIGITS = 12;

    /** In bytes; more than any name of a region of AWS has. */
    public static final int LONGEST_REGION = 64;

    /** How many digits of a material's id name it in a ciphertext. */
    public static final int MATERIAL_DIGITS = 2 * MATERIAL;

    /** The head, with its checksum. */
    Bytes head() {
        UUID id = UUID.fromString(keyId);
        byte[] name = region.getBytes(UTF_8);
        ByteBuffer head = ByteBuffer.allocate(2 + name.length + 3 * Long.BYTES + MATERIAL);
        head.put((byte) FORMAT).put((byte) name.length).put(name);
        head.putLong(Long.parseLong(account));
        head.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        head.put(HexFormat.of().parseHex(material));
        Bytes plain = Bytes.wrap(head.array());
        return plain.plus(Bytes.ofInt(checksum(plain)));
    }

    private static int checksum(Bytes head) {
        var checksum = new CRC32C();
        checksum.update(head.shared());
        return (int) checksum.getValue();
    }

    public Bytes bytes() {
        return head().plus(sealed);
    }

    /** Reads a blob; empty if the bytes have not the form of one. */
    public static Optional<CiphertextBlob> parse(Bytes bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes.shared());
        try {
            if (in.get() != FORMAT) {
                return Optional.empty();
            }
            int length = in.get();
            if (length < 0 || length > LONGEST_REGION) {
                return Optional.empty();
            }
            String region = text(in, length);
            long account = in.getLong();
            UUID id = new UUID(in.getLong(), in.getLong());
            var material = new byte[MATERIAL];
            in.get(material);
            Bytes head = Bytes.copyOf(Arrays.copyOf(bytes.shared(), in.position()));
            if (in.getInt() != checksum(head)) {
                return Optional.empty();
            }
            String digits = Long.toUnsignedString(account);
            String padded = "0".repeat(Math.max(0, ACCOUNT_DIGITS - digits.length())) + digits;
            return Optional.of(new CiphertextBlob(
                    padded,
                    region,
                    id.toString(),
                    HexFormat.of().formatHex(material),
                    bytes.from(head.length() + CHECKSUM)));
        } catch (BufferUnderflowException | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static String text(ByteBuffer in, int length) throws CharacterCodingException {
        var name = new byte[length];
        in.get(name);
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    }

    /** Whether a material's id is that of this blob. */
    public boolean isOf(String materialId) {
        return materialId.startsWith(material);
    }
}
