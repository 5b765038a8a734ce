package io.gramme.kms;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceException;
import io.gramme.kms.cipher.Agreement;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.kms.cipher.MacAlgorithm;
import io.gramme.kms.cipher.Signatures;
import io.gramme.kms.cipher.SigningAlgorithm;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.OpenKey;
import java.security.MessageDigest;
import java.util.Map;

/** The operations of keys that sign, that authenticate messages, and that agree on secrets. */
final class SigningOperations {
    private static final int LONGEST_MESSAGE = 4_096;
    private static final int LONGEST_SIGNATURE = 6_144;
    private static final int LONGEST_PUBLIC_KEY = 8_192;

    private final Targets targets;

    SigningOperations(Targets targets) {
        this.targets = targets;
    }

    Map<String, Operation> all() {
        return Map.of(
                "Sign", this::sign,
                "Verify", this::verify,
                "GenerateMac", this::generateMac,
                "VerifyMac", this::verifyMac,
                "DeriveSharedSecret", this::deriveSharedSecret,
                "GetPublicKey", this::publicKey);
    }

    private enum MessageType {
        RAW,
        DIGEST
    }

    private enum AgreementAlgorithm {
        ECDH
    }

    private static byte[] secret(OpenKey open) {
        return open.secret().orElseThrow(() -> KmsErrors.unavailable(open.key().arn()));
    }

    private static ServiceException incompatible(Enum<?> algorithm, Key key) {
        return KmsErrors.invalidUsage("Algorithm " + algorithm + " and key spec " + key.spec() + " are incompatible.");
    }

    // Signatures.

    private Document.Structure sign(KmsCall call) {
        byte[] digest = digest(call);
        OpenKey open = signing(call);
        SigningAlgorithm algorithm = algorithm(call);
        call.endDryRun();
        byte[] signature = Signatures.sign(open.key().spec(), algorithm, secret(open), digest);
        return Shapes.of(open.key())
                .put("Signature", KmsCall.encoded(signature))
                .put("SigningAlgorithm", algorithm.name())
                .done();
    }

    private Document.Structure verify(KmsCall call) {
        byte[] digest = digest(call);
        byte[] signature = call.bytes("Signature", LONGEST_SIGNATURE);
        OpenKey open = signing(call);
        SigningAlgorithm algorithm = algorithm(call);
        call.endDryRun();
        byte[] publicKey = open.key().current().publicKey().toArray();
        if (!Signatures.verify(open.key().spec(), algorithm, publicKey, digest, signature)) {
            throw KmsErrors.of("KMSInvalidSignatureException", "");
        }
        return Shapes.of(open.key())
                .put("SignatureValid", new Document.Flag(true))
                .put("SigningAlgorithm", algorithm.name())
                .done();
    }

    private static SigningAlgorithm algorithm(KmsCall call) {
        return call.choiceOf("SigningAlgorithm", SigningAlgorithm.class);
    }

    private static MessageType messageType(KmsCall call) {
        return call.choice("MessageType", MessageType.class).orElse(MessageType.RAW);
    }

    private static byte[] digest(KmsCall call) {
        byte[] message = call.bytes("Message", LONGEST_MESSAGE);
        SigningAlgorithm algorithm = algorithm(call);
        if (messageType(call) == MessageType.RAW) {
            return algorithm.digest().of(message);
        }
        if (message.length != algorithm.digest().length()) {
            throw KmsErrors.validation("Digest is invalid length for algorithm " + algorithm + ".");
        }
        return message;
    }

    private OpenKey signing(KmsCall call) {
        SigningAlgorithm algorithm = algorithm(call);
        Facts facts = new Facts()
                .put("kms:SigningAlgorithm", algorithm.name())
                .put("kms:MessageType", messageType(call).name());
        OpenKey open =
                targets.open(call, targets.any(call, "KeyId"), Targets.Use.of(call, KeyUsage.SIGN_VERIFY, facts));
        if (!open.key().spec().signingAlgorithms().contains(algorithm)) {
            throw incompatible(algorithm, open.key());
        }
        return open;
    }

    // Message authentication codes.

    private Document.Structure generateMac(KmsCall call) {
        byte[] message = call.bytes("Message", LONGEST_MESSAGE);
        OpenKey open = authenticating(call);
        call.endDryRun();
        MacAlgorithm algorithm = macAlgorithm(call);
        return Shapes.of(open.key())
                .put("Mac", KmsCall.encoded(algorithm.code(secret(open), message)))
                .put("MacAlgorithm", algorithm.name())
                .done();
    }

    private Document.Structure verifyMac(KmsCall call) {
        byte[] message = call.bytes("Message", LONGEST_MESSAGE);
        byte[] mac = call.bytes("Mac", LONGEST_SIGNATURE);
        OpenKey open = authenticating(call);
        call.endDryRun();
        MacAlgorithm algorithm = macAlgorithm(call);
        if (!MessageDigest.isEqual(algorithm.code(secret(open), message), mac)) {
            throw KmsErrors.of("KMSInvalidMacException", "");
        }
        return Shapes.of(open.key())
                .put("MacValid", new Document.Flag(true))
                .put("MacAlgorithm", algorithm.name())
                .done();
    }

    private static MacAlgorithm macAlgorithm(KmsCall call) {
        return call.choiceOf("MacAlgorithm", MacAlgorithm.class);
    }

    private OpenKey authenticating(KmsCall call) {
        MacAlgorithm algorithm = macAlgorithm(call);
        Facts facts = new Facts().put("kms:MacAlgorithm", algorithm.name());
        OpenKey open = targets.open(
                call, targets.any(call, "KeyId"), Targets.Use.of(call, KeyUsage.GENERATE_VERIFY_MAC, facts));
        if (!open.key().spec().macAlgorithms().contains(algorithm)) {
            throw incompatible(algorithm, open.key());
        }
        return open;
    }

    // Agreement, and public keys.

    private Document.Structure deriveSharedSecret(KmsCall call) {
        call.refuseRecipient();
        byte[] peer = call.bytes("PublicKey", LONGEST_PUBLIC_KEY);
        AgreementAlgorithm algorithm = call.choiceOf("KeyAgreementAlgorithm", AgreementAlgorithm.class);
        Facts facts = new Facts().put("kms:KeyAgreementAlgorithm", algorithm.name());
        OpenKey open =
                targets.open(call, targets.any(call, "KeyId"), Targets.Use.of(call, KeyUsage.KEY_AGREEMENT, facts));
        Key key = open.key();
        byte[] shared = Agreement.secret(
                        key.spec(), secret(open), key.current().publicKey().toArray(), peer)
                .orElseThrow(() -> KmsErrors.validation(
                        "The public key is not a DER-encoded key on the curve of the key spec " + key.spec() + "."));
        call.endDryRun();
        return Shapes.of(key)
                .put("SharedSecret", KmsCall.encoded(shared))
                .put("KeyAgreementAlgorithm", algorithm.name())
                .put("KeyOrigin", "AWS_KMS")
                .done();
    }

    private Document.Structure publicKey(KmsCall call) {
        Targets.Target target = targets.any(call, "KeyId");
        Key key =
                targets.require(call, target, "kms:GetPublicKey", new Facts().put("kms:RequestAlias", target.alias()));
        if (!key.spec().isPair()) {
            throw KmsErrors.unsupported(
                    key.arn() + " key spec is " + key.spec() + " which is not valid for GetPublicKey.");
        }
        Targets.requireEnabled(key);
        Output answer = Shapes.of(key)
                .put("PublicKey", KmsCall.encoded(key.current().publicKey().shared()))
                .put("CustomerMasterKeySpec", key.spec().name())
                .put("KeySpec", key.spec().name())
                .put("KeyUsage", key.usage().name());
        Shapes.algorithms(key, answer);
        return answer.done();
    }
}
