package io.gramme.kms;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.kms.key.Alias;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.Keys;
import io.gramme.tables.table.AccountRegion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operations on aliases. */
final class AliasOperations {
    private static final Pattern NAME = Pattern.compile("^[a-zA-Z0-9:/_-]+$");
    private static final int LONGEST_NAME = 256;
    private static final int LIST = 50;
    private static final String RESERVED = KeyName.ALIAS + "aws/";

    private final Keys keys;
    private final Targets targets;

    AliasOperations(Keys keys, Targets targets) {
        this.keys = keys;
        this.targets = targets;
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateAlias", this::create,
                "UpdateAlias", this::update,
                "DeleteAlias", this::delete,
                "ListAliases", this::list);
    }

    private static String name(KmsCall call) {
        String name = call.text("AliasName", LONGEST_NAME, NAME);
        if (!name.startsWith(KeyName.ALIAS) || name.length() == KeyName.ALIAS.length()) {
            throw KmsErrors.validation("Alias must start with the prefix \"alias/\" and a name must follow it.");
        }
        if (name.indexOf(':') >= 0) {
            throw KmsErrors.validation(name + " contains invalid characters for an alias");
        }
        if (name.startsWith(RESERVED)) {
            throw KmsErrors.of("NotAuthorizedException", "Aliases that begin with alias/aws/ are reserved.");
        }
        return name;
    }

    /** An alias and its key are of one account and region. */
    private Key target(KmsCall call) {
        Targets.Target target = targets.only(call, "TargetKeyId");
        if (!target.home().equals(call.home())) {
            throw KmsErrors.noKey(Key.arn(target.home(), target.id()));
        }
        return targets.require(call, target, Targets.action(call), new Facts());
    }

    private Document.Structure create(KmsCall call) {
        String name = name(call);
        String arn = Alias.arn(call.home(), name);
        targets.authority().require(call, "kms:CreateAlias", arn, new Facts());
        Key key = target(call);
        Instant now = keys.now();
        keys.store().change(call.home(), key.id(), edit -> {
            Targets.requireNotDeleted(targets.again(edit, key));
            if (edit.alias(name).isPresent()) {
                throw KmsErrors.of("AlreadyExistsException", "An alias with the name " + arn + " already exists");
            }
            edit.put(new Alias(call.home(), name, key.id(), now, now));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure update(KmsCall call) {
        String name = name(call);
        String arn = Alias.arn(call.home(), name);
        targets.authority().require(call, "kms:UpdateAlias", arn, new Facts());
        Key key = target(call);
        Alias before = keys.store().alias(call.home(), name).orElseThrow(() -> KmsErrors.noAlias(arn));
        Optional<Key> former = keys.find(call.home(), before.keyId());
        former.ifPresent(found -> {
            targets.require(
                    call,
                    new Targets.Target(call.home(), found.id(), Optional.empty()),
                    "kms:UpdateAlias",
                    new Facts());
            if (found.usage() != key.usage()
                    || found.spec().family() != key.spec().family()) {
                throw KmsErrors.validation("Alias " + arn + " cannot be changed from a " + found.spec() + " key to a "
                        + key.spec() + " key: both must be of the same type and usage.");
            }
        });
        Instant now = keys.now();
        keys.store().change(call.home(), key.id(), edit -> {
            Targets.requireNotDeleted(targets.again(edit, key));
            Alias current = edit.alias(name)
                    .filter(found -> found.keyId().equals(before.keyId()))
                    .orElseThrow(() -> KmsErrors.noAlias(arn));
            edit.put(new Alias(call.home(), name, key.id(), current.created(), now));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure delete(KmsCall call) {
        String name = name(call);
        AccountRegion home = call.home();
        String arn = Alias.arn(home, name);
        targets.authority().require(call, "kms:DeleteAlias", arn, new Facts());
        Alias alias = keys.store().alias(home, name).orElseThrow(() -> KmsErrors.noAlias(arn));
        keys.find(home, alias.keyId()).ifPresent(key -> {
            var target = new Targets.Target(home, key.id(), Optional.empty());
            targets.require(call, target, "kms:DeleteAlias", new Facts());
        });
        keys.store().change(home, alias.keyId(), edit -> {
            if (edit.alias(name)
                    .filter(found -> found.keyId().equals(alias.keyId()))
                    .isEmpty()) {
                throw KmsErrors.noAlias(arn);
            }
            edit.deleteAlias(name);
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure list(KmsCall call) {
        targets.authority().require(call, "kms:ListAliases", "*", new Facts());
        Optional<String> keyId = call.has("KeyId")
                ? Optional.of(targets.require(call, targets.only(call, "KeyId"), "kms:ListAliases", new Facts())
                        .id())
                : Optional.empty();
        return Shapes.listed(
                "Aliases",
                keys.store()
                        .aliases(
                                call.home(),
                                Shapes.marker(call),
                                call.limit(LIST),
                                alias -> keyId.map(alias.keyId()::equals).orElse(true)),
                alias -> new Output()
                        .put("AliasName", alias.name())
                        .put("AliasArn", alias.arn())
                        .put("TargetKeyId", alias.keyId())
                        .put("CreationDate", alias.created())
                        .put("LastUpdatedDate", alias.updated())
                        .done());
    }
}
