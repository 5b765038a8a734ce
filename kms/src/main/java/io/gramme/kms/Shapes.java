package io.gramme.kms;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.core.bytes.Bytes;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.kms.key.Grant;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.KeyStore.Listed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The shapes of responses. */
final class Shapes {
    private Shapes() {}

    static Document.Structure metadata(Key key) {
        Output shape = new Output()
                .put("AWSAccountId", key.home().account())
                .put("KeyId", key.id())
                .put("Arn", key.arn())
                .put("CreationDate", key.created())
                .put("Enabled", new Document.Flag(key.state() == Key.State.ENABLED))
                .put("Description", key.description())
                .put("KeyUsage", key.usage().name())
                .put("KeyState", key.state().word());
        key.status().deletion().ifPresent(time -> shape.put("DeletionDate", time));
        shape.put("Origin", "AWS_KMS")
                .put("KeyManager", key.isManaged() ? "AWS" : "CUSTOMER")
                .put("CustomerMasterKeySpec", key.spec().name())
                .put("KeySpec", key.spec().name());
        algorithms(key, shape);
        shape.put("MultiRegion", new Document.Flag(false));
        if (key.isSymmetric()) {
            shape.put("CurrentKeyMaterialId", key.current().id());
        }
        return shape.done();
    }

    /** The algorithms of a key, as its usage needs them. */
    static void algorithms(Key key, Output shape) {
        switch (key.usage()) {
            case ENCRYPT_DECRYPT ->
                shape.put("EncryptionAlgorithms", names(key.spec().encryptionAlgorithms()));
            case SIGN_VERIFY -> shape.put("SigningAlgorithms", names(key.spec().signingAlgorithms()));
            case GENERATE_VERIFY_MAC ->
                shape.put("MacAlgorithms", names(key.spec().macAlgorithms()));
            case KEY_AGREEMENT -> shape.put("KeyAgreementAlgorithms", List.of(new Document.Text("ECDH")));
        }
    }

    private static List<Document> names(List<? extends Enum<?>> names) {
        return names.stream()
                .<Document>map(one -> new Document.Text(one.name()))
                .toList();
    }

    /** What clients compare with the key that they meant. */
    static Output of(Key key) {
        return new Output().put("KeyId", key.arn());
    }

    static boolean encrypts(Key key) {
        return key.usage() == KeyUsage.ENCRYPT_DECRYPT;
    }

    static Document.Structure grant(Grant grant) {
        Output shape = new Output()
                .put("KeyId", Key.arn(grant.home(), grant.keyId()))
                .put("GrantId", grant.id())
                .put("Name", grant.name().orElse(""))
                .put("CreationDate", grant.created())
                .put("GranteePrincipal", grant.grantee())
                .put("RetiringPrincipal", grant.retiring())
                .put("IssuingAccount", grant.issuer())
                .put("Operations", texts(grant.operations()));
        grant.constraint()
                .ifPresent(constraint -> shape.put(
                        "Constraints",
                        new Output()
                                .put(
                                        constraint.isWhole() ? "EncryptionContextEquals" : "EncryptionContextSubset",
                                        dictionary(constraint.context().pairs()))
                                .done()));
        return shape.done();
    }

    static List<Document> texts(List<String> texts) {
        return texts.stream().<Document>map(Document.Text::new).toList();
    }

    private static Document dictionary(Map<String, String> texts) {
        var entries = new LinkedHashMap<String, Document>();
        texts.forEach((name, value) -> entries.put(name, new Document.Text(value)));
        return new Document.Dictionary(entries);
    }

    // Lists.

    static <T> Document.Structure listed(String member, Listed<T> page, Function<T, Document> shape) {
        return listed(
                member,
                page.elements().stream().map(shape).toList(),
                page.next().map(next -> Base64.getUrlEncoder().withoutPadding().encodeToString(next.shared())));
    }

    /** A page of a list that is in memory as a whole. */
    static Document.Structure listed(KmsCall call, String member, List<Document> all, int absent) {
        int from = marker(call).map(Shapes::number).orElse(0);
        int to = Math.min(all.size(), from + call.limit(absent));
        List<Document> some = from < to ? new ArrayList<>(all.subList(from, to)) : List.of();
        Optional<String> next = to < all.size()
                ? Optional.of(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Bytes.ofInt(to).shared()))
                : Optional.empty();
        return listed(member, some, next);
    }

    private static int number(Bytes marker) {
        if (marker.length() != Integer.BYTES || marker.intAt(0) < 0) {
            throw KmsErrors.of("InvalidMarkerException", "Invalid marker.");
        }
        return marker.intAt(0);
    }

    private static Document.Structure listed(String member, List<Document> elements, Optional<String> next) {
        return new Output()
                .put(member, elements)
                .put("NextMarker", next)
                .put("Truncated", new Document.Flag(next.isPresent()))
                .done();
    }

    /** Where a page of a list begins. It names nothing that its client could not name. */
    static Optional<Bytes> marker(KmsCall call) {
        return call.optional("Marker", 1, 1_024).map(text -> {
            try {
                return Bytes.wrap(Base64.getUrlDecoder().decode(text));
            } catch (IllegalArgumentException _) {
                throw KmsErrors.of("InvalidMarkerException", "Invalid marker.");
            }
        });
    }
}
