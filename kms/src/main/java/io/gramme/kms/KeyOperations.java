package io.gramme.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.kms.cipher.CiphertextBlob;
import io.gramme.kms.cipher.KeySpec;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.KeyPolicies;
import io.gramme.kms.key.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The operations that make, show, switch and delete keys. */
final class KeyOperations {
    private static final int LONGEST_DESCRIPTION = 8_192;
    private static final int LIST = 100;
    private static final int SHORTEST_WAIT = 7;
    private static final int LONGEST_WAIT = 30;

    private final Keys keys;
    private final Targets targets;
    private final PolicyTexts policies;

    KeyOperations(Keys keys, Targets targets, PolicyTexts policies) {
        this.keys = keys;
        this.targets = targets;
        this.policies = policies;
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateKey", this::create,
                "DescribeKey", this::describe,
                "ListKeys", this::list,
                "UpdateKeyDescription", this::updateDescription,
                "EnableKey", this::enable,
                "DisableKey", this::disable,
                "ScheduleKeyDeletion", this::scheduleDeletion,
                "CancelKeyDeletion", this::cancelDeletion);
    }

    private Document.Structure create(KmsCall call) {
        refuseForeign(call);
        KeySpec spec = spec(call);
        KeyUsage usage = usage(call, spec);
        String description =
                call.optional("Description", 0, LONGEST_DESCRIPTION).orElse("");
        Map<String, String> tags = call.tags();
        Facts facts = new Facts()
                .of(spec, usage)
                .tags(tags)
                .put(
                        "kms:BypassPolicyLockoutSafetyCheck",
                        Boolean.toString(call.flag("BypassPolicyLockoutSafetyCheck")));
        targets.authority().require(call, "kms:CreateKey", "*", facts);
        if (!tags.isEmpty()) {
            targets.authority().require(call, "kms:TagResource", "*", facts);
        }
        String policy = policies.read(call)
                .orElseGet(() -> KeyPolicies.ofNew(call.caller().account()));
        Key made = keys.make(call.home(), spec, usage, false, description, policy)
                .orElseThrow(KmsErrors::noServerKey)
                .withTags(tags);
        policies.requireAccess(call, made, policy);
        keys.store().change(made.home(), made.id(), edit -> {
            edit.put(made);
            return true;
        });
        return new Output().put("KeyMetadata", Shapes.metadata(made)).done();
    }

    private static void refuseForeign(KmsCall call) {
        if (!call.optional("Origin", 1, 64).orElse("AWS_KMS").equals("AWS_KMS")) {
            throw KmsErrors.unsupported("Keys whose material is brought or kept elsewhere are not supported: leave out"
                    + " Origin, and this server makes the material.");
        }
        if (call.has("CustomKeyStoreId") || call.has("XksKeyId")) {
            throw KmsErrors.unsupported("Custom key stores are not supported: keys are rows of this server's store.");
        }
        if (call.flag("MultiRegion")) {
            throw KmsErrors.unsupported("Multi-Region keys are not supported: a key belongs to one Region.");
        }
        if (call.home().region().getBytes(UTF_8).length > CiphertextBlob.LONGEST_REGION) {
            throw KmsErrors.unsupported("The name of the Region is longer than that of any Region.");
        }
    }

    private static KeySpec spec(KmsCall call) {
        String member = call.has("KeySpec") ? "KeySpec" : "CustomerMasterKeySpec";
        Optional<String> given = call.optional(member, 1, 64);
        if (given.filter(KeySpec.OTHERS::contains).isPresent()) {
            throw KmsErrors.unsupported("Keys of the kind " + given.get() + " are not supported.");
        }
        return call.choice(member, KeySpec.class).orElse(KeySpec.SYMMETRIC_DEFAULT);
    }

    private static KeyUsage usage(KmsCall call, KeySpec spec) {
        Optional<KeyUsage> given = call.choice("KeyUsage", KeyUsage.class);
        if (given.isEmpty() && spec != KeySpec.SYMMETRIC_DEFAULT) {
            throw KmsErrors.validation(
                    "You must specify a KeyUsage value for all KMS keys except for symmetric encryption" + " keys.");
        }
        KeyUsage usage = given.orElse(KeyUsage.ENCRYPT_DECRYPT);
        if (!spec.family().usages().contains(usage)) {
            throw KmsErrors.validation("KeyUsage " + usage + " is not compatible with KeySpec " + spec);
        }
        return usage;
    }

    private Document.Structure describe(KmsCall call) {
        Targets.Target target = targets.any(call, "KeyId");
        Key key = targets.require(call, target, "kms:DescribeKey", new Facts().put("kms:RequestAlias", target.alias()));
        return new Output().put("KeyMetadata", Shapes.metadata(key)).done();
    }

    private Document.Structure list(KmsCall call) {
        targets.authority().require(call, "kms:ListKeys", "*", new Facts());
        Instant now = keys.now();
        return Shapes.listed(
                "Keys",
                keys.store().keys(call.home(), Shapes.marker(call), call.limit(LIST), key -> !key.isGone(now)),
                key -> new Output()
                        .put("KeyId", key.id())
                        .put("KeyArn", key.arn())
                        .done());
    }

    private Document.Structure updateDescription(KmsCall call) {
        String description = call.text("Description", 0, LONGEST_DESCRIPTION);
        Key key = targets.require(call);
        targets.change(key, now -> {
            Targets.requireNotDeleted(now);
            return now.described(description);
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure enable(KmsCall call) {
        return enabled(call, true);
    }

    private Document.Structure disable(KmsCall call) {
        return enabled(call, false);
    }

    private Document.Structure enabled(KmsCall call, boolean enabled) {
        Key key = targets.require(call);
        targets.change(key, now -> {
            Targets.requireNotDeleted(now);
            return now.enabled(enabled);
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure scheduleDeletion(KmsCall call) {
        int days =
                call.number("PendingWindowInDays", SHORTEST_WAIT, LONGEST_WAIT).orElse(LONGEST_WAIT);
        Key key = targets.require(
                call,
                targets.only(call, "KeyId"),
                Targets.action(call),
                new Facts().put("kms:ScheduleKeyDeletionPendingWindowInDays", Integer.toString(days)));
        Instant time = keys.now().plus(Duration.ofDays(days));
        targets.change(key, now -> {
            Targets.requireNotDeleted(now);
            return now.deletedAt(time);
        });
        return Shapes.of(key)
                .put("DeletionDate", time)
                .put("KeyState", Key.State.PENDING_DELETION.word())
                .put("PendingWindowInDays", new Document.Whole(days))
                .done();
    }

    private Document.Structure cancelDeletion(KmsCall call) {
        Key key = targets.require(call);
        targets.change(key, now -> {
            if (now.state() != Key.State.PENDING_DELETION) {
                throw KmsErrors.invalidState(now.arn() + " is not pending deletion.");
            }
            return now.kept();
        });
        return Shapes.of(key).done();
    }
}
