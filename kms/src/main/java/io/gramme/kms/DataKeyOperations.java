package io.gramme.kms;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.cipher.KeyPairs;
import io.gramme.kms.cipher.KeySpec;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.kms.key.Keys;
import io.gramme.kms.key.OpenKey;
import java.util.Map;
import java.util.Optional;

/** The operations that make keys for use outside of this server, and give them encrypted under a key of it. */
final class DataKeyOperations {
    private static final int LONGEST = 1_024;

    private final Targets targets;

    DataKeyOperations(Targets targets) {
        this.targets = targets;
    }

    Map<String, Operation> all() {
        return Map.of(
                "GenerateDataKey", call -> dataKey(call, true),
                "GenerateDataKeyWithoutPlaintext", call -> dataKey(call, false),
                "GenerateDataKeyPair", call -> dataKeyPair(call, true),
                "GenerateDataKeyPairWithoutPlaintext", call -> dataKeyPair(call, false));
    }

    private enum DataKeySpec {
        AES_256(32),
        AES_128(16);

        private final int bytes;

        DataKeySpec(int bytes) {
            this.bytes = bytes;
        }
    }

    private Document.Structure dataKey(KmsCall call, boolean withPlaintext) {
        call.refuseRecipient();
        Optional<Integer> bytes = call.number("NumberOfBytes", 1, LONGEST);
        Optional<Integer> ofSpec = call.choice("KeySpec", DataKeySpec.class).map(spec -> spec.bytes);
        if (bytes.isPresent() == ofSpec.isPresent()) {
            throw KmsErrors.validation("Please specify either number of bytes or key spec.");
        }
        OpenKey open = open(call, new Facts());
        call.endDryRun();
        byte[] plain = Keys.random(bytes.or(() -> ofSpec).orElseThrow());
        Output answer = Shapes.of(open.key())
                .put("CiphertextBlob", encrypted(call, open, plain))
                .put("KeyMaterialId", open.key().current().id());
        if (withPlaintext) {
            answer.put("Plaintext", KmsCall.encoded(plain));
        }
        return answer.done();
    }

    private OpenKey open(KmsCall call, Facts facts) {
        EncryptionContext context = call.context("EncryptionContext");
        facts.put("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
        var use = new Targets.Use(Targets.action(call), KeyUsage.ENCRYPT_DECRYPT, facts, context);
        OpenKey open = targets.open(call, targets.any(call, "KeyId"), use);
        if (!open.key().isSymmetric()) {
            throw KmsErrors.invalidUsage(open.key().arn() + " key spec is "
                    + open.key().spec() + " which is not valid for " + call.operation() + ".");
        }
        return open;
    }

    private static Document encrypted(KmsCall call, OpenKey open, byte[] plain) {
        return KmsCall.encoded(open.encrypt(plain, call.context("EncryptionContext"))
                .orElseThrow(() -> KmsErrors.unavailable(open.key().arn()))
                .shared());
    }

    private Document.Structure dataKeyPair(KmsCall call, boolean withPlaintext) {
        call.refuseRecipient();
        String given = call.text("KeyPairSpec", 1, 64);
        KeySpec spec = KeySpec.named(given).filter(KeySpec::isPair).orElseThrow(() -> unknown(given));
        OpenKey open = open(call, new Facts().put("kms:DataKeyPairSpec", spec.name()));
        call.endDryRun();
        KeyPairs.Encoded pair = KeyPairs.generate(spec);
        byte[] plain = pair.privateKey().toArray();
        Output answer = Shapes.of(open.key())
                .put("PrivateKeyCiphertextBlob", encrypted(call, open, plain))
                .put("PublicKey", KmsCall.encoded(pair.publicKey().shared()))
                .put("KeyPairSpec", spec.name())
                .put("KeyMaterialId", open.key().current().id());
        if (withPlaintext) {
            answer.put("PrivateKeyPlaintext", KmsCall.encoded(plain));
        }
        return answer.done();
    }

    private static RuntimeException unknown(String given) {
        return KeySpec.OTHERS.contains(given)
                ? KmsErrors.unsupported("Key pairs of the kind " + given + " are not supported.")
                : KmsErrors.constraint(
                        "KeyPairSpec",
                        given,
                        "Member must satisfy enum value set: [RSA_2048, RSA_3072, RSA_4096, ECC_NIST_P256,"
                                + " ECC_NIST_P384, ECC_NIST_P521]");
    }
}
