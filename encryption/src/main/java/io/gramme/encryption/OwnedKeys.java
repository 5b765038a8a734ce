package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key service of the one key that a server owns: it wraps with keys that are derived from the server key, and calls no one. A wrapped key
 * names the server key, so that there may be several: the first wraps.
 */
public final class OwnedKeys implements KeyService {
    /** Of the only root key; no request can name it. */
    public static final String ARN = "gramme:server-key";

    private static final String PURPOSE = "gramme encryption at rest";

    private final Map<Integer, GcmKey> keys = new LinkedHashMap<>();
    private final int current;

    /**
     * A server key.
     *
     * @param id names it in what it wrapped
     */
    public record Secret(int id, Bytes secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "server key " + name(id);
        }
    }

    /** @param secrets at least one */
    public OwnedKeys(List<Secret> secrets) {
        this.current = secrets.getFirst().id();
        for (Secret each : secrets) {
            keys.put(each.id(), new GcmKey(Hkdf.derive(each.secret(), PURPOSE, GcmKey.KEY_BYTES)));
        }
    }

    static String name(int id) {
        return HexFormat.of().toHexDigits(id);
    }

    @Override
    public RootKey describe(String keyId) {
        requireArn(keyId);
        return new RootKey(ARN, RootKey.Owner.AWS, true, true);
    }

    @Override
    public GeneratedKey generate(String arn, Map<String, String> context) {
        requireArn(arn);
        byte[] key = GcmKey.random(GcmKey.KEY_BYTES);
        return new GeneratedKey(Bytes.copyOf(key), wrap(key, context));
    }

    private Bytes wrap(byte[] key, Map<String, String> context) {
        byte[] sealed = ours(current).orElseThrow().wrap(key, Codec.context(context));
        return Bytes.ofInt(current).plus(Bytes.wrap(sealed));
    }

    @Override
    public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
        requireArn(arn);
        if (wrapped.length() != Integer.BYTES + GcmKey.KEY_BYTES + GcmKey.OVERHEAD) {
            throw new KeyUnusableException(
                    KeyUnusableException.Reason.INVALID_CIPHERTEXT, "a wrapped key has another length");
        }
        GcmKey key = ours(wrapped.intAt(0))
                .orElseThrow(() -> new KeyUnusableException(
                        KeyUnusableException.Reason.NOT_FOUND,
                        "the server key " + name(wrapped.intAt(0)) + " is missing"));
        return Bytes.wrap(key.open(wrapped.shared(), Integer.BYTES, Codec.context(context))
                .orElseThrow(() -> new KeyUnusableException(
                        KeyUnusableException.Reason.INVALID_CIPHERTEXT, "a key was wrapped by another server key")));
    }

    /** Which server key wrapped a key. */
    static int wrappedBy(Bytes wrapped) {
        return ByteBuffer.wrap(wrapped.shared()).getInt();
    }

    boolean isCurrent(Bytes wrapped) {
        return wrappedBy(wrapped) == current;
    }

    /** The same key, wrapped by the first server key. */
    Bytes rewrap(Bytes wrapped, Map<String, String> context) {
        return wrap(unwrap(ARN, wrapped, context).toArray(), context);
    }

    boolean has(int id) {
        return ours(id).isPresent();
    }

    private Optional<GcmKey> ours(int id) {
        return Optional.ofNullable(keys.get(id));
    }

    private static void requireArn(String arn) {
        if (!arn.equals(ARN)) {
            throw new KeyUnusableException(KeyUnusableException.Reason.NOT_FOUND, "there is no key " + arn);
        }
    }
}
