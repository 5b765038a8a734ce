package io.gramme.kms.key;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.cipher.KeySpec;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.tables.catalog.Fields;
import io.gramme.tables.table.AccountRegion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The stored form of keys, aliases and grants: a byte of format, then an item of fields. */
final class KeyCodec {
    private static final Bytes FORMAT = Bytes.of(1);

    private KeyCodec() {}

    static Bytes encode(Key key) {
        Fields fields = home(key.home())
                .put("Id", key.id())
                .put("Spec", key.spec().name())
                .put("Usage", key.usage().name())
                .put("Managed", key.isManaged())
                .put("Created", key.created())
                .put("Description", key.description())
                .put("Enabled", key.status().enabled())
                .put("Policy", key.policy())
                .put("Tags", fields(key.tags()))
                .putAll(
                        "Materials",
                        key.materials().stream().map(KeyCodec::fields).toList());
        key.status().deletion().ifPresent(time -> fields.put("Deletion", time));
        key.status().rotationDays().ifPresent(days -> fields.put("RotationDays", days));
        key.status().nextRotation().ifPresent(time -> fields.put("NextRotation", time));
        return bytes(fields);
    }

    private static Fields fields(Material material) {
        return new Fields()
                .put("Id", material.id())
                .put("Made", material.made())
                .put("Origin", material.origin().name())
                .put("Sealed", new Value.B(material.sealed()))
                .put("Public", new Value.B(material.publicKey()));
    }

    static Key key(Bytes value) {
        Fields fields = fields(value);
        return new Key(
                home(fields),
                fields.text("Id"),
                KeySpec.valueOf(fields.text("Spec")),
                KeyUsage.valueOf(fields.text("Usage")),
                fields.flag("Managed"),
                fields.time("Created"),
                fields.text("Description"),
                new Key.Status(
                        fields.flag("Enabled"),
                        fields.optional("Deletion", Fields::time),
                        fields.optional("RotationDays", Fields::number).map(Math::toIntExact),
                        fields.optional("NextRotation", Fields::time)),
                fields.text("Policy"),
                texts(fields.inner("Tags")),
                fields.all("Materials").stream().map(KeyCodec::material).toList());
    }

    private static Material material(Fields fields) {
        return new Material(
                fields.text("Id"),
                fields.time("Made"),
                Material.Origin.valueOf(fields.text("Origin")),
                fields.bytes("Sealed"),
                fields.bytes("Public"));
    }

    static Bytes encode(Alias alias) {
        return bytes(home(alias.home())
                .put("Name", alias.name())
                .put("Key", alias.keyId())
                .put("Created", alias.created())
                .put("Updated", alias.updated()));
    }

    static Alias alias(Bytes value) {
        Fields fields = fields(value);
        return new Alias(
                home(fields), fields.text("Name"), fields.text("Key"), fields.time("Created"), fields.time("Updated"));
    }

    static Bytes encode(Grant grant) {
        Fields fields = home(grant.home())
                .put("Key", grant.keyId())
                .put("Id", grant.id())
                .put("Grantee", grant.grantee())
                .put("Issuer", grant.issuer())
                .putTexts("Operations", grant.operations())
                .put("Created", grant.created());
        grant.name().ifPresent(name -> fields.put("Name", name));
        grant.retiring().ifPresent(principal -> fields.put("Retiring", principal));
        grant.constraint()
                .ifPresent(constraint -> fields.put("Whole", constraint.isWhole())
                        .put("Context", fields(constraint.context().pairs())));
        return bytes(fields);
    }

    static Grant grant(Bytes value) {
        Fields fields = fields(value);
        return new Grant(
                home(fields),
                fields.text("Key"),
                fields.text("Id"),
                fields.optional("Name", Fields::text),
                fields.text("Grantee"),
                fields.optional("Retiring", Fields::text),
                fields.text("Issuer"),
                fields.texts("Operations"),
                fields.has("Context")
                        ? Optional.of(new Grant.Constraint(
                                fields.flag("Whole"), new EncryptionContext(texts(fields.inner("Context")))))
                        : Optional.empty(),
                fields.time("Created"));
    }

    private static Fields home(AccountRegion home) {
        return new Fields().put("Account", home.account()).put("Region", home.region());
    }

    private static AccountRegion home(Fields fields) {
        return new AccountRegion(fields.text("Account"), fields.text("Region"));
    }

    private static Fields fields(Map<String, String> texts) {
        var fields = new Fields();
        texts.forEach(fields::put);
        return fields;
    }

    private static Map<String, String> texts(Fields fields) {
        var texts = new LinkedHashMap<String, String>();
        fields.values().keySet().forEach(name -> texts.put(name, fields.text(name)));
        return texts;
    }

    private static Bytes bytes(Fields fields) {
        return FORMAT.plus(ItemCodec.encode(fields.toItem()));
    }

    /** @throws IllegalStateException if a newer server wrote the row */
    private static Fields fields(Bytes value) {
        if (!value.startsWith(FORMAT)) {
            throw new IllegalStateException("a stored key has a format that this server does not know");
        }
        return Fields.of(ItemCodec.decode(value.from(1)));
    }
}
