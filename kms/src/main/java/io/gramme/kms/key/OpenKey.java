package io.gramme.kms.key;

import io.gramme.core.bytes.Bytes;
import io.gramme.kms.cipher.CiphertextBlob;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.cipher.SymmetricCipher;
import java.util.Map;
import java.util.Optional;

/**
 * A key with its secrets.
 *
 * @param secrets by the id of the material; one is missing if this server has not the server key that sealed it
 */
public record OpenKey(Key key, Map<String, byte[]> secrets) {
    public OpenKey {
        secrets = Map.copyOf(secrets);
    }

    /** The secret of the material that encrypts; empty if this server cannot open it. */
    public Optional<byte[]> secret() {
        return Optional.ofNullable(secrets.get(key.current().id()));
    }

    /** Encrypts with a symmetric key; empty if this server cannot open its material. */
    public Optional<Bytes> encrypt(byte[] plain, EncryptionContext context) {
        return secret().map(secret -> {
            var blob = new CiphertextBlob(
                    key.home().account(),
                    key.home().region(),
                    key.id(),
                    key.current().id().substring(0, CiphertextBlob.MATERIAL_DIGITS),
                    Bytes.EMPTY);
            return SymmetricCipher.encrypt(blob, secret, context, plain).bytes();
        });
    }

    /** The material that a blob was encrypted with. */
    public Optional<Material> materialOf(CiphertextBlob blob) {
        return key.materials().stream().filter(one -> blob.isOf(one.id())).findFirst();
    }

    /** Decrypts a blob of this key; empty if the key did not encrypt it in this context. */
    public Optional<byte[]> decrypt(CiphertextBlob blob, EncryptionContext context) {
        return materialOf(blob)
                .flatMap(material -> Optional.ofNullable(secrets.get(material.id())))
                .flatMap(secret -> SymmetricCipher.decrypt(blob, secret, context));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return key.arn();
    }
}
