package io.gramme.kms;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.core.identity.Principal;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.key.Grant;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.Keys;
import io.gramme.tables.table.AccountRegion;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations on grants. */
final class GrantOperations {
    private static final Pattern PRINCIPAL = Pattern.compile("^[\\w+=,.@:/-]+$");
    private static final Pattern NAME = Pattern.compile("^[a-zA-Z0-9:/_-]+$");
    private static final int LONGEST_NAME = 256;
    private static final int LIST = 50;
    private static final int ID = 32;

    /** Each refusal by policies reads them all. */
    private static final int MOST_OF_KEY = 1_000;

    private final Keys keys;
    private final Targets targets;
    private final GrantTokens tokens;

    GrantOperations(Keys keys, Targets targets, GrantTokens tokens) {
        this.keys = keys;
        this.targets = targets;
        this.tokens = tokens;
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateGrant", this::create,
                "ListGrants", this::list,
                "ListRetirableGrants", this::listRetirable,
                "RetireGrant", this::retire,
                "RevokeGrant", this::revoke);
    }

    /** What grants can allow, by the names of the service. */
    private enum Granted {
        Decrypt,
        Encrypt,
        GenerateDataKey,
        GenerateDataKeyWithoutPlaintext,
        ReEncryptFrom,
        ReEncryptTo,
        Sign,
        Verify,
        GetPublicKey,
        CreateGrant,
        RetireGrant,
        DescribeKey,
        GenerateDataKeyPair,
        GenerateDataKeyPairWithoutPlaintext,
        GenerateMac,
        VerifyMac,
        DeriveSharedSecret;

        private static final Set<Granted> OF_ALL = EnumSet.of(CreateGrant, RetireGrant, DescribeKey);
        private static final Set<Granted> OF_CIPHERS = EnumSet.of(Decrypt, Encrypt, ReEncryptFrom, ReEncryptTo);
        private static final Set<Granted> OF_DATA_KEYS = EnumSet.of(
                GenerateDataKey,
                GenerateDataKeyWithoutPlaintext,
                GenerateDataKeyPair,
                GenerateDataKeyPairWithoutPlaintext);

        boolean fits(Key key) {
            boolean ofUsage = switch (key.usage()) {
                case ENCRYPT_DECRYPT -> OF_CIPHERS.contains(this) || (key.isSymmetric() && OF_DATA_KEYS.contains(this));
                case SIGN_VERIFY -> this == Sign || this == Verify;
                case GENERATE_VERIFY_MAC -> this == GenerateMac || this == VerifyMac;
                case KEY_AGREEMENT -> this == DeriveSharedSecret;
            };
            return ofUsage
                    || OF_ALL.contains(this)
                    || (this == GetPublicKey && key.spec().isPair());
        }
    }

    // Making.

    private Document.Structure create(KmsCall call) {
        String grantee = call.text("GranteePrincipal", LONGEST_NAME, PRINCIPAL);
        Optional<String> retiring = call.optional("RetiringPrincipal", LONGEST_NAME, PRINCIPAL);
        List<Granted> operations = operations(call);
        Optional<Grant.Constraint> constraint = constraint(call);
        Key key = keyOf(call, grantee, retiring, operations, constraint);
        Targets.requireEnabled(key);
        requireFit(key, operations, constraint);
        call.endDryRun();
        var made = new Grant(
                key.home(),
                key.id(),
                HexFormat.of().formatHex(Keys.random(ID)),
                call.optional("Name", LONGEST_NAME, NAME),
                grantee,
                retiring,
                call.caller().account().isEmpty()
                        ? key.home().account()
                        : call.caller().account(),
                operations.stream().map(Enum::name).toList(),
                constraint,
                keys.now());
        Grant stored = stored(key, made);
        return new Output()
                .put("GrantToken", tokens.of(stored))
                .put("GrantId", stored.id())
                .done();
    }

    private static List<Granted> operations(KmsCall call) {
        List<String> names = call.input().texts("Operations");
        if (names.isEmpty()) {
            throw KmsErrors.missing("Operations");
        }
        return names.stream()
                .distinct()
                .map(name -> Arrays.stream(Granted.values())
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> KmsErrors.constraint(
                                "Operations",
                                name,
                                "Member must satisfy enum value set: " + List.of(Granted.values()))))
                .toList();
    }

    private static Optional<Grant.Constraint> constraint(KmsCall call) {
        Optional<Input> given = call.input().structure("Constraints");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        EncryptionContext whole = KmsCall.context(given.get(), "EncryptionContextEquals");
        EncryptionContext subset = KmsCall.context(given.get(), "EncryptionContextSubset");
        if (!whole.pairs().isEmpty() && !subset.pairs().isEmpty()) {
            throw KmsErrors.validation("A grant has one encryption context constraint at most.");
        }
        if (!whole.pairs().isEmpty()) {
            return Optional.of(new Grant.Constraint(true, whole));
        }
        return subset.pairs().isEmpty() ? Optional.empty() : Optional.of(new Grant.Constraint(false, subset));
    }

    private Key keyOf(
            KmsCall call,
            String grantee,
            Optional<String> retiring,
            List<Granted> operations,
            Optional<Grant.Constraint> constraint) {
        Targets.Target target = targets.only(call, "KeyId");
        call.grantTokens().forEach(tokens::require);
        Key key = keys.find(target.home(), target.id())
                .orElseThrow(() -> targets.authority().absent(call, target.home(), target.id(), "kms:CreateGrant"));
        List<String> names = operations.stream().map(Enum::name).toList();
        Facts facts = new Facts()
                .of(key)
                .put("kms:GranteePrincipal", grantee)
                .put("kms:RetiringPrincipal", retiring)
                .put("kms:GrantIsForAWSResource", "false")
                .put("kms:GrantOperations", names)
                .put(
                        "kms:GrantConstraintType",
                        constraint.map(one -> one.isWhole() ? "EncryptionContextEquals" : "EncryptionContextSubset"));
        EncryptionContext context = constraint.map(Grant.Constraint::context).orElse(EncryptionContext.NONE);
        targets.authority()
                .require(call, key, "kms:CreateGrant", facts, context)
                .ifPresent(parent -> {
                    // A grant passes on what it has, and no more.
                    if (!parent.operations().containsAll(names)) {
                        throw KmsErrors.accessDenied("The grant " + parent.id()
                                + " does not allow all operations of a grant that" + " is made by it.");
                    }
                });
        return key;
    }

    private static void requireFit(Key key, List<Granted> operations, Optional<Grant.Constraint> constraint) {
        operations.stream().filter(one -> !one.fits(key)).findFirst().ifPresent(one -> {
            throw KmsErrors.validation("Operation " + one + " is not valid for a key of the kind " + key.spec()
                    + " and the usage " + key.usage() + ".");
        });
        if (constraint.isPresent() && !key.isSymmetric()) {
            throw KmsErrors.validation("Encryption context constraints are only for symmetric encryption keys.");
        }
    }

    /** The same grant that an earlier request of the same name and content made, or this one. */
    private Grant stored(Key key, Grant made) {
        List<Grant> all = keys.store().grantsOf(key.home(), key.id());
        Optional<Grant> same =
                made.name().isPresent() ? all.stream().filter(made::isLike).findFirst() : Optional.empty();
        if (same.isEmpty() && all.size() >= MOST_OF_KEY) {
            throw KmsErrors.limit("A key has at most " + MOST_OF_KEY + " grants.");
        }
        return keys.store().change(key.home(), key.id(), edit -> {
            Targets.requireEnabled(targets.again(edit, key));
            if (same.isPresent() && edit.grant(key.id(), same.get().id()).isPresent()) {
                return same.get();
            }
            edit.put(made);
            return made;
        });
    }

    // Lists.

    private Document.Structure list(KmsCall call) {
        Key key = targets.require(call);
        Optional<String> id = call.optional("GrantId", 1, 128);
        Optional<String> grantee = call.optional("GranteePrincipal", LONGEST_NAME, PRINCIPAL);
        return Shapes.listed(
                "Grants",
                keys.store()
                        .grants(
                                key.home(),
                                key.id(),
                                Shapes.marker(call),
                                call.limit(LIST),
                                one -> id.map(one.id()::equals).orElse(true)
                                        && grantee.map(one.grantee()::equals).orElse(true)),
                Shapes::grant);
    }

    private Document.Structure listRetirable(KmsCall call) {
        String retiring = call.text("RetiringPrincipal", LONGEST_NAME, PRINCIPAL);
        targets.authority().require(call, "kms:ListRetirableGrants", "*", new Facts());
        return Shapes.listed(
                "Grants",
                keys.store()
                        .grants(
                                call.home(),
                                Shapes.marker(call),
                                call.limit(LIST),
                                one -> one.retiring().filter(retiring::equals).isPresent()),
                Shapes::grant);
    }

    // Ending.

    private Document.Structure revoke(KmsCall call) {
        String id = call.text("GrantId", 1, 128);
        Key key = targets.require(call);
        Grant grant = keys.store().grant(key.home(), key.id(), id).orElseThrow(() -> noGrant(id));
        call.endDryRun();
        delete(grant);
        return Document.Structure.EMPTY;
    }

    private Document.Structure retire(KmsCall call) {
        Optional<String> token = call.optional("GrantToken", 1, 8_192);
        GrantTokens.Named named = token.isPresent() ? tokens.require(token.get()) : named(call);
        AccountRegion home = named.home();
        Grant grant =
                keys.store().grant(home, named.keyId(), named.grantId()).orElseThrow(() -> noGrant(named.grantId()));
        requireRetiring(call, grant);
        call.endDryRun();
        delete(grant);
        return Document.Structure.EMPTY;
    }

    private GrantTokens.Named named(KmsCall call) {
        if (!call.has("KeyId") || !call.has("GrantId")) {
            throw KmsErrors.validation("Specify a grant token, or a key ID and a grant ID.");
        }
        Targets.Target target = targets.only(call, "KeyId");
        return new GrantTokens.Named(target.home(), target.id(), call.text("GrantId", 1, 128));
    }

    private void requireRetiring(KmsCall call, Grant grant) {
        Principal principal = call.caller().principal();
        boolean own =
                grant.retiring().filter(arn -> Authority.names(arn, principal)).isPresent()
                        || (grant.operations().contains(Granted.RetireGrant.name())
                                && Authority.names(grant.grantee(), principal));
        if (own) {
            return;
        }
        Key key = keys.find(grant.home(), grant.keyId()).orElseThrow(() -> noGrant(grant.id()));
        if (!targets.authority().allows(call, key, "kms:RetireGrant")) {
            throw KmsErrors.accessDenied("User: " + principal.arn()
                    + " is not authorized to perform: kms:RetireGrant on" + " resource: " + key.arn());
        }
    }

    private void delete(Grant grant) {
        keys.store().change(grant.home(), grant.keyId(), edit -> {
            edit.deleteGrant(grant.keyId(), grant.id());
            return true;
        });
    }

    private static RuntimeException noGrant(String id) {
        return KmsErrors.notFound("Grant ID " + KmsErrors.cut(id) + " not found");
    }
}
