package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.security.identity.Entity.Group;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Entity.User;
import io.gramme.tables.catalog.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stored form of identities: a byte of format, then an item of fields. */
final class IdentityCodec {
    private static final Bytes FORMAT = Bytes.of(1);

    private IdentityCodec() {}

    static Bytes encode(User user) {
        Fields fields = fields(user.label(), user.grants())
                .putTexts("Groups", user.groups())
                .putTexts("Keys", user.keys());
        user.revokedBefore().ifPresent(before -> fields.put("RevokedBefore", before));
        return bytes(fields);
    }

    static User user(Bytes value) {
        Fields fields = fields(value);
        return new User(
                label(Label.Kind.USER, fields),
                grants(fields),
                fields.texts("Groups"),
                fields.texts("Keys"),
                fields.optional("RevokedBefore", Fields::time));
    }

    static Bytes encode(Group group) {
        return bytes(fields(group.label(), group.grants()).put("Members", group.members()));
    }

    static Group group(Bytes value) {
        Fields fields = fields(value);
        return new Group(label(Label.Kind.GROUP, fields), grants(fields), Math.toIntExact(fields.number("Members")));
    }

    static Bytes encode(Role role) {
        Fields fields = fields(role.label(), role.grants())
                .put("Trust", role.trust())
                .put("MaxSession", role.maxSessionSeconds());
        role.description().ifPresent(text -> fields.put("Description", text));
        role.revokedBefore().ifPresent(before -> fields.put("RevokedBefore", before));
        return bytes(fields);
    }

    static Role role(Bytes value) {
        Fields fields = fields(value);
        return new Role(
                label(Label.Kind.ROLE, fields),
                grants(fields),
                fields.text("Trust"),
                fields.optional("Description", Fields::text),
                Math.toIntExact(fields.number("MaxSession")),
                fields.optional("RevokedBefore", Fields::time));
    }

    static Bytes encode(ManagedPolicy policy) {
        Fields fields = fields(policy.label())
                .put("Updated", policy.updated())
                .putAll(
                        "Versions",
                        policy.versions().stream()
                                .map(version -> new Fields()
                                        .put("Number", version.number())
                                        .put("Text", version.text())
                                        .put("Created", version.created()))
                                .toList())
                .put("Default", policy.defaultVersion())
                .put("Last", policy.lastVersion())
                .put("Attachments", policy.attachments())
                .put("Boundaries", policy.boundaries());
        policy.description().ifPresent(text -> fields.put("Description", text));
        return bytes(fields);
    }

    static ManagedPolicy policy(Bytes value) {
        Fields fields = fields(value);
        return new ManagedPolicy(
                label(Label.Kind.POLICY, fields),
                fields.optional("Description", Fields::text),
                fields.time("Updated"),
                fields.all("Versions").stream()
                        .map(version -> new ManagedPolicy.Version(
                                Math.toIntExact(version.number("Number")),
                                version.text("Text"),
                                version.time("Created")))
                        .toList(),
                Math.toIntExact(fields.number("Default")),
                Math.toIntExact(fields.number("Last")),
                Math.toIntExact(fields.number("Attachments")),
                Math.toIntExact(fields.number("Boundaries")));
    }

    static Bytes encode(AccessKey key) {
        return bytes(new Fields()
                .put("Id", key.id())
                .put("Account", key.account())
                .put("User", key.user())
                .put("Active", key.active())
                .put("Created", key.created())
                .put("Sealed", new Value.B(key.sealed())));
    }

    static AccessKey key(Bytes value) {
        Fields fields = fields(value);
        return new AccessKey(
                fields.text("Id"),
                fields.text("Account"),
                fields.text("User"),
                fields.flag("Active"),
                fields.time("Created"),
                fields.bytes("Sealed"));
    }

    static Bytes encode(AccessKey.Use use) {
        return bytes(
                new Fields().put("At", use.at()).put("Service", use.service()).put("Region", use.region()));
    }

    static AccessKey.Use use(Bytes value) {
        Fields fields = fields(value);
        return new AccessKey.Use(fields.time("At"), fields.text("Service"), fields.text("Region"));
    }

    static Bytes encode(AccountTotals totals) {
        return bytes(new Fields()
                .put("Users", totals.users())
                .put("Groups", totals.groups())
                .put("Roles", totals.roles())
                .put("Policies", totals.policies())
                .putTexts("RootKeys", totals.rootKeys()));
    }

    static AccountTotals totals(Bytes value) {
        Fields fields = fields(value);
        return new AccountTotals(
                Math.toIntExact(fields.number("Users")),
                Math.toIntExact(fields.number("Groups")),
                Math.toIntExact(fields.number("Roles")),
                Math.toIntExact(fields.number("Policies")),
                fields.texts("RootKeys"));
    }

    static Bytes encode(String text) {
        return bytes(new Fields().put("Text", text));
    }

    static String text(Bytes value) {
        return fields(value).text("Text");
    }

    private static Fields fields(Label label, Grants grants) {
        Fields fields = fields(label).put("Inline", fields(grants.inline())).putTexts("Attached", grants.attached());
        grants.boundary().ifPresent(arn -> fields.put("Boundary", arn));
        return fields;
    }

    private static Grants grants(Fields fields) {
        return new Grants(
                texts(fields.inner("Inline")), fields.texts("Attached"), fields.optional("Boundary", Fields::text));
    }

    private static Fields fields(Label label) {
        return new Fields()
                .put("Account", label.account())
                .put("Path", label.path())
                .put("Name", label.name())
                .put("Id", label.id())
                .put("Created", label.created())
                .put("Tags", fields(label.tags()));
    }

    private static Label label(Label.Kind kind, Fields fields) {
        return new Label(
                kind,
                fields.text("Account"),
                fields.text("Path"),
                fields.text("Name"),
                fields.text("Id"),
                fields.time("Created"),
                texts(fields.inner("Tags")));
    }

    static Fields fields(Map<String, String> texts) {
        var fields = new Fields();
        texts.forEach(fields::put);
        return fields;
    }

    static Map<String, String> texts(Fields fields) {
        var texts = new LinkedHashMap<String, String>();
        fields.values().keySet().forEach(key -> texts.put(key, fields.text(key)));
        return texts;
    }

    static Bytes bytes(Fields fields) {
        return FORMAT.plus(ItemCodec.encode(fields.toItem()));
    }

    /** @throws IllegalStateException if a newer server wrote the row */
    static Fields fields(Bytes value) {
        if (!value.startsWith(FORMAT)) {
            throw new IllegalStateException("a stored identity has a format that this server does not know");
        }
        return Fields.of(ItemCodec.decode(value.from(1)));
    }
}
