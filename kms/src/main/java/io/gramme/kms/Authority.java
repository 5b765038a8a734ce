package io.gramme.kms;

import io.gramme.api.service.ServiceException;
import io.gramme.core.identity.Principal;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.key.Alias;
import io.gramme.kms.key.Grant;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.KeyPolicies;
import io.gramme.kms.key.KeyStore;
import io.gramme.security.Authorizer;
import io.gramme.security.Authorizer.Items;
import io.gramme.security.Authorizer.Permission;
import io.gramme.security.Authorizer.Resource;
import io.gramme.security.KeyAccess;
import io.gramme.security.identity.Identities;
import io.gramme.security.policy.ConditionContext;
import io.gramme.tables.table.AccountRegion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The decision whether a caller may do something with a key: by the key policy and the policies of the caller, else by a
 * grant. A server that verifies no signatures asks neither. AWS managed keys are used by their service alone, always.
 */
final class Authority {
    private static final String SERVICE = "kms:";

    /** What a caller may do with an AWS managed key: its policy says so, and it cannot be changed. */
    private static final Set<String> OF_MANAGED = Set.of(
            "kms:DescribeKey",
            "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus",
            "kms:ListAliases",
            "kms:ListGrants",
            "kms:ListKeyPolicies",
            "kms:ListKeyRotations",
            "kms:ListResourceTags");

    private final KeyStore store;
    private final Authorizer authorizer;
    private final Optional<KeyAccess> access;

    /**
     * @param authorizer of operations that name no key
     * @param access of those that do; empty if the server verifies no signatures
     */
    Authority(KeyStore store, Authorizer authorizer, Optional<KeyAccess> access) {
        this.store = store;
        this.authorizer = authorizer;
        this.access = access;
    }

    /** Requires what identity policies alone allow: an operation without a key, or with an alias. */
    void require(KmsCall call, String action, String resource, Facts facts) {
        Resource target = Resource.of(resource, call.caller().account());
        facts.put("kms:CallerAccount", call.caller().account());
        authorizer.require(call.caller(), new Permission(action, target, facts.values(), Items.NONE));
    }

    /**
     * Requires the right to do something with a key.
     *
     * @param context of the operation, which the constraints of grants are about
     * @return the grant that allows it, if policies do not
     */
    Optional<Grant> require(KmsCall call, Key key, String action, Facts facts, EncryptionContext context) {
        if (key.isManaged() && !OF_MANAGED.contains(action)) {
            throw KmsErrors.accessDenied("User: " + call.caller().principal().arn() + " is not authorized to perform: "
                    + action + " on resource: " + key.arn() + ", which is an AWS managed key");
        }
        if (access.isEmpty()) {
            return Optional.empty();
        }
        Resource resource = resource(key);
        ConditionContext conditions = conditions(call, key, facts);
        KeyAccess.Answer answer = access.get().decide(call.caller(), action, resource, conditions);
        if (answer.allowed()) {
            return Optional.empty();
        }
        if (!answer.isDenied()) {
            String operation = action.substring(SERVICE.length());
            Optional<Grant> grant = store.grantsOf(key.home(), key.id()).stream()
                    .filter(one -> one.allows(operation, context)
                            && names(one.grantee(), call.caller().principal()))
                    .findFirst();
            if (grant.isPresent()) {
                return grant;
            }
        }
        access.get().refused(call.caller(), action, resource, conditions);
        throw KmsErrors.accessDenied(answer.refusal());
    }

    /** Whether policies allow something, where something else could allow it too. */
    boolean allows(KmsCall call, Key key, String action) {
        return access.map(found -> found.decide(
                                call.caller(), action, resource(key), conditions(call, key, new Facts().of(key)))
                        .allowed())
                .orElse(true);
    }

    /** Refuses a caller that may not even hear that there is no such key. */
    ServiceException absent(KmsCall call, AccountRegion home, String keyId, String action) {
        String arn = Key.arn(home, keyId);
        if (access.isPresent()) {
            var resource = new Resource(arn, home.account(), Map.of(), Optional.of(KeyPolicies.ofNew(home.account())));
            KeyAccess.Answer answer = access.get().decide(call.caller(), action, resource, new Facts().context());
            if (!answer.allowed()) {
                return KmsErrors.accessDenied(answer.refusal());
            }
        }
        return KmsErrors.noKey(arn);
    }

    /** Whether the caller can replace this key policy later. */
    boolean keepsAccess(KmsCall call, Key key, String policy) {
        return access.map(found -> found.keepsAccess(
                        call.caller(), resource(key), policy, conditions(call, key, new Facts().of(key))))
                .orElse(true);
    }

    /** Whether an ARN is that of a principal, or of the role whose session it is. */
    static boolean names(String arn, Principal principal) {
        if (arn.equals(principal.arn())) {
            return true;
        }
        String role = "arn:aws:iam::" + principal.account() + ":role/";
        return principal.kind() == Principal.Kind.ROLE
                && arn.startsWith(role)
                && arn.substring(arn.lastIndexOf('/') + 1).equals(Identities.nameOf(principal));
    }

    private static Resource resource(Key key) {
        return new Resource(key.arn(), key.home().account(), key.tags(), Optional.of(key.policy()));
    }

    private ConditionContext conditions(KmsCall call, Key key, Facts facts) {
        ConditionContext known =
                facts.put("kms:CallerAccount", call.caller().account()).context();
        return name -> name.equals("kms:resourcealiases") ? Optional.of(aliases(key)) : known.values(name);
    }

    private List<String> aliases(Key key) {
        return store.aliasesOf(key.home(), key.id()).stream().map(Alias::name).toList();
    }
}
