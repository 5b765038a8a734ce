package io.gramme.kms;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.core.bytes.Bytes;
import io.gramme.kms.cipher.CiphertextBlob;
import io.gramme.kms.cipher.EncryptionAlgorithm;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.kms.cipher.RsaEncryption;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.Keys;
import io.gramme.kms.key.Material;
import io.gramme.kms.key.OpenKey;
import java.util.Map;
import java.util.Optional;

/** The operations that encrypt and decrypt what clients bring. */
final class CipherOperations {
    private static final int LONGEST_PLAINTEXT = 4_096;
    private static final int LONGEST_CIPHERTEXT = 6_144;
    private static final int MOST_RANDOM = 1_024;

    private final Targets targets;

    CipherOperations(Targets targets) {
        this.targets = targets;
    }

    Map<String, Operation> all() {
        return Map.of(
                "Encrypt", this::encrypt,
                "Decrypt", this::decrypt,
                "ReEncrypt", this::reEncrypt,
                "GenerateRandom", this::generateRandom);
    }

    /**
     * How a request names a ciphertext's key and its way of encryption, by the names of its members.
     *
     * @param action that its caller needs
     */
    private record Side(String action, String key, String context, String algorithm) {
        static Side of(KmsCall call) {
            return new Side(Targets.action(call), "KeyId", "EncryptionContext", "EncryptionAlgorithm");
        }

        static final Side SOURCE =
                new Side("kms:ReEncryptFrom", "SourceKeyId", "SourceEncryptionContext", "SourceEncryptionAlgorithm");
        static final Side DESTINATION = new Side(
                "kms:ReEncryptTo",
                "DestinationKeyId",
                "DestinationEncryptionContext",
                "DestinationEncryptionAlgorithm");

        EncryptionAlgorithm algorithm(KmsCall call) {
            return call.choice(algorithm, EncryptionAlgorithm.class).orElse(EncryptionAlgorithm.SYMMETRIC_DEFAULT);
        }

        Targets.Use use(KmsCall call) {
            Facts facts =
                    new Facts().put("kms:EncryptionAlgorithm", algorithm(call).name());
            return new Targets.Use(action, KeyUsage.ENCRYPT_DECRYPT, facts, call.context(context));
        }
    }

    private static void requireAlgorithm(Key key, EncryptionAlgorithm algorithm, EncryptionContext context) {
        if (!key.spec().encryptionAlgorithms().contains(algorithm)) {
            throw KmsErrors.invalidUsage(
                    "Algorithm " + algorithm + " and key spec " + key.spec() + " are incompatible.");
        }
        if (!key.isSymmetric() && !context.pairs().isEmpty()) {
            throw KmsErrors.validation("An encryption context is only for symmetric encryption keys.");
        }
    }

    // Encryption.

    private Document.Structure encrypt(KmsCall call) {
        byte[] plain = call.bytes("Plaintext", LONGEST_PLAINTEXT);
        Side side = Side.of(call);
        OpenKey open = open(call, side);
        Bytes blob = encrypt(call, open, side, plain);
        call.endDryRun();
        return Shapes.of(open.key())
                .put("CiphertextBlob", KmsCall.encoded(blob.shared()))
                .put("EncryptionAlgorithm", side.algorithm(call).name())
                .done();
    }

    private OpenKey open(KmsCall call, Side side) {
        Targets.Use use = side.use(call);
        OpenKey open = targets.open(call, targets.any(call, side.key), use);
        requireAlgorithm(open.key(), side.algorithm(call), use.context());
        return open;
    }

    private static Bytes encrypt(KmsCall call, OpenKey open, Side side, byte[] plain) {
        EncryptionAlgorithm algorithm = side.algorithm(call);
        Key key = open.key();
        if (plain.length > algorithm.longestPlaintext(key.spec())) {
            throw KmsErrors.validation("The plaintext is longer than the " + algorithm.longestPlaintext(key.spec())
                    + " bytes that " + algorithm + " encrypts with a key of the kind " + key.spec() + ".");
        }
        return key.isSymmetric()
                ? open.encrypt(plain, call.context(side.context)).orElseThrow(() -> KmsErrors.unavailable(key.arn()))
                : Bytes.wrap(RsaEncryption.encrypt(
                        key.spec(), algorithm, key.current().publicKey().toArray(), plain));
    }

    // Decryption.

    /**
     * Decrypted bytes.
     *
     * @param material that decrypted them, of a symmetric key
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Decrypted(OpenKey open, byte[] plain, Optional<Material> material) {
        Optional<String> materialId() {
            return material.map(Material::id);
        }
    }

    private Document.Structure decrypt(KmsCall call) {
        call.refuseRecipient();
        Side side = Side.of(call);
        Decrypted decrypted = decrypted(call, side);
        call.endDryRun();
        return Shapes.of(decrypted.open.key())
                .put("Plaintext", KmsCall.encoded(decrypted.plain))
                .put("EncryptionAlgorithm", side.algorithm(call).name())
                .put("KeyMaterialId", decrypted.materialId())
                .done();
    }

    private Decrypted decrypted(KmsCall call, Side side) {
        if (call.has("DryRunModifiers")) {
            throw KmsErrors.unsupported("DryRunModifiers are not supported: a dry run needs the ciphertext.");
        }
        Bytes ciphertext = Bytes.wrap(call.bytes("CiphertextBlob", LONGEST_CIPHERTEXT));
        return side.algorithm(call) == EncryptionAlgorithm.SYMMETRIC_DEFAULT
                ? ofSymmetric(call, side, ciphertext)
                : ofPair(call, side, ciphertext);
    }

    private Decrypted ofSymmetric(KmsCall call, Side side, Bytes ciphertext) {
        Optional<CiphertextBlob> blob = CiphertextBlob.parse(ciphertext);
        OpenKey open;
        if (call.has(side.key)) {
            open = open(call, side);
            String arn = open.key().arn();
            if (blob.isPresent() && !arn(blob.get()).equals(arn)) {
                throw KmsErrors.incorrectKey();
            }
        } else {
            open = targets.openOf(call, blob.orElseThrow(KmsErrors::invalidCiphertext), side.use(call));
        }
        CiphertextBlob found = blob.orElseThrow(KmsErrors::invalidCiphertext);
        Optional<Material> material = open.materialOf(found);
        if (material.isPresent() && !open.secrets().containsKey(material.get().id())) {
            throw KmsErrors.unavailable(open.key().arn());
        }
        byte[] plain = open.decrypt(found, call.context(side.context)).orElseThrow(KmsErrors::invalidCiphertext);
        return new Decrypted(open, plain, material);
    }

    private static String arn(CiphertextBlob blob) {
        return "arn:aws:kms:" + blob.region() + ":" + blob.account() + ":key/" + blob.keyId();
    }

    private Decrypted ofPair(KmsCall call, Side side, Bytes ciphertext) {
        OpenKey open = open(call, side);
        byte[] secret =
                open.secret().orElseThrow(() -> KmsErrors.unavailable(open.key().arn()));
        byte[] plain = RsaEncryption.decrypt(open.key().spec(), side.algorithm(call), secret, ciphertext.toArray())
                .orElseThrow(KmsErrors::invalidCiphertext);
        return new Decrypted(open, plain, Optional.empty());
    }

    private Document.Structure reEncrypt(KmsCall call) {
        Decrypted source = decrypted(call, Side.SOURCE);
        OpenKey destination = open(call, Side.DESTINATION);
        Bytes blob = encrypt(call, destination, Side.DESTINATION, source.plain);
        call.endDryRun();
        Output answer = Shapes.of(destination.key())
                .put("CiphertextBlob", KmsCall.encoded(blob.shared()))
                .put("SourceKeyId", source.open.key().arn())
                .put("SourceEncryptionAlgorithm", Side.SOURCE.algorithm(call).name())
                .put(
                        "DestinationEncryptionAlgorithm",
                        Side.DESTINATION.algorithm(call).name())
                .put("SourceKeyMaterialId", source.materialId());
        if (destination.key().isSymmetric()) {
            answer.put("DestinationKeyMaterialId", destination.key().current().id());
        }
        return answer.done();
    }

    private Document.Structure generateRandom(KmsCall call) {
        call.refuseRecipient();
        if (call.has("CustomKeyStoreId")) {
            throw KmsErrors.unsupported("Custom key stores are not supported: keys are rows of this server's store.");
        }
        int length = call.number("NumberOfBytes", 1, MOST_RANDOM).orElseThrow(() -> KmsErrors.missing("NumberOfBytes"));
        targets.authority().require(call, "kms:GenerateRandom", "*", new Facts());
        return new Output()
                .put("Plaintext", KmsCall.encoded(Keys.random(length)))
                .done();
    }
}
