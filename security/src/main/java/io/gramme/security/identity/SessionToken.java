package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.tables.catalog.Fields;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What a session may do and for how long. It is stored nowhere: the client holds it, sealed, and sends it with each
 * request. As text it is base 64 without padding.
 *
 * @param kind of the identity behind it: a user, or a role
 * @param name of that identity; empty for the root of the account
 * @param identityId its unique id: the session ends when the identity is deleted, even if another takes its name
 * @param session its name, for a role
 * @param policies texts of session policies
 * @param policyArns managed policies that are session policies as well
 * @param tags of the session
 * @param transitive the keys of those tags that go on to sessions made from this one
 */
public record SessionToken(
        Label.Kind kind,
        String account,
        String name,
        String identityId,
        String session,
        List<String> policies,
        List<String> policyArns,
        Map<String, String> tags,
        List<String> transitive,
        String sourceIdentity,
        Instant issued,
        Instant expires) {
    /** Tokens of users' sessions are some 200 bytes; a header has to hold those of sessions with policies and tags. */
    static final int MOST_PACKED = 4_096;

    static final int MOST_TEXT = 8_192;
    private static final String PURPOSE = "gramme session ";

    public SessionToken {
        policies = List.copyOf(policies);
        policyArns = List.copyOf(policyArns);
        tags = Map.copyOf(tags);
        transitive = List.copyOf(new TreeSet<>(transitive));
    }

    /** The compressed form, which is sealed. */
    byte[] packed() {
        Fields fields = new Fields()
                .put("Kind", kind.word())
                .put("Account", account)
                .put("Name", name)
                .put("Id", identityId)
                .put("Session", session)
                .putTexts("Policies", policies)
                .putTexts("Arns", policyArns)
                .put("Tags", IdentityCodec.fields(tags))
                .putTexts("Transitive", transitive)
                .put("Source", sourceIdentity)
                .put("Issued", issued)
                .put("Expires", expires);
        return deflated(ItemCodec.encode(fields.toItem()).shared());
    }

    /** @param keyId of the session: the token is no use with another */
    static String seal(Sealer sealer, String keyId, byte[] packed) {
        Bytes sealed = sealer.seal(PURPOSE + keyId, keyId, packed);
        return Base64.getEncoder().withoutPadding().encodeToString(sealed.shared());
    }

    /** Empty if the token was not made by a server with these keys, for this key id. */
    static Optional<Opened> open(Sealer sealer, String keyId, String text) {
        if (text.length() > MOST_TEXT) {
            return Optional.empty();
        }
        Bytes sealed;
        try {
            sealed = Bytes.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        // The last character of base 64 has spare bits: a token has one text alone.
        if (!Base64.getEncoder()
                .withoutPadding()
                .encodeToString(sealed.shared())
                .equals(text)) {
            return Optional.empty();
        }
        return sealer.open(PURPOSE + keyId, keyId, sealed).map(packed -> {
            ServerKey key = Sealer.sealedBy(sealed).flatMap(sealer.keys()::find).orElseThrow();
            return new Opened(unpacked(packed), Sealer.sessionSecret(key, keyId));
        });
    }

    /** A token and the secret of its session. */
    record Opened(SessionToken token, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return token.toString();
        }
    }

    private static SessionToken unpacked(byte[] packed) {
        Fields fields = Fields.of(ItemCodec.decode(Bytes.wrap(inflated(packed))));
        return new SessionToken(
                fields.text("Kind").equals(Label.Kind.ROLE.word()) ? Label.Kind.ROLE : Label.Kind.USER,
                fields.text("Account"),
                fields.text("Name"),
                fields.text("Id"),
                fields.text("Session"),
                fields.texts("Policies"),
                fields.texts("Arns"),
                IdentityCodec.texts(fields.inner("Tags")),
                fields.texts("Transitive"),
                fields.text("Source"),
                fields.time("Issued"),
                fields.time("Expires"));
    }

    private static byte[] deflated(byte[] plain) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(plain);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var buffer = new byte[1_024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static byte[] inflated(byte[] packed) {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(packed);
            var out = new ByteArrayOutputStream();
            var buffer = new byte[1_024];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw new IllegalStateException("a sealed session is cut off");
                }
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalStateException("a sealed session is not compressed", e);
        }
    }
}
