package io.gramme.security.iam;

import io.gramme.api.service.ServiceException;
import io.gramme.security.identity.AccountEdit;
import io.gramme.security.identity.BuiltInPolicies;
import io.gramme.security.identity.IamArn;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.ManagedPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds managed policies by their ARNs. */
final class ManagedPolicies {
    private final IdentityStore store;

    ManagedPolicies(IdentityStore store) {
        this.store = store;
    }

    static String arn(IamCall call) {
        String arn = call.text("PolicyArn", Word.ARN);
        requireForm(arn);
        return arn;
    }

    static void requireForm(String arn) {
        if (IamArn.ofPolicy(arn).isEmpty()) {
            throw IamErrors.invalid("ARN " + arn + " is not valid.");
        }
    }

    /** The policy that a request names and its caller may see: one of its account, or a built-in one. */
    ManagedPolicy visible(IamCall call) {
        String arn = arn(call);
        Optional<ManagedPolicy> found = find(call, arn);
        call.require(arn, tags(found), Map.of());
        return found.orElseThrow(() -> IamErrors.policyNotFound(arn));
    }

    /** The same, if it can be changed. */
    ManagedPolicy changeable(IamCall call, Map<String, List<String>> keys) {
        String arn = arn(call);
        Optional<ManagedPolicy> found = find(call, arn);
        call.require(arn, tags(found), keys);
        if (BuiltInPolicies.isBuiltIn(arn)) {
            throw IamErrors.builtIn(arn);
        }
        return found.orElseThrow(() -> IamErrors.policyNotFound(arn));
    }

    private static Map<String, String> tags(Optional<ManagedPolicy> policy) {
        return policy.map(found -> found.label().tags()).orElse(Map.of());
    }

    private Optional<ManagedPolicy> find(IamCall call, String arn) {
        return BuiltInPolicies.isBuiltIn(arn) || isOwn(call.account(), arn) ? store.managed(arn) : Optional.empty();
    }

    private static boolean isOwn(String account, String arn) {
        return IamArn.ofPolicy(arn)
                .filter(name -> name.account().equals(account))
                .isPresent();
    }

    /** A policy of the account, inside a transaction; empty for a built-in one as well. */
    static Optional<ManagedPolicy> own(AccountEdit edit, String arn) {
        return isOwn(edit.account(), arn)
                ? IamArn.ofPolicy(arn)
                        .flatMap(name -> edit.policy(name.name()))
                        .filter(policy -> policy.label().arn().equals(arn))
                : Optional.empty();
    }

    /** The policy as it is inside a transaction, if it is still the one that was found. */
    static ManagedPolicy again(AccountEdit edit, ManagedPolicy found) {
        return own(edit, found.label().arn())
                .filter(policy -> policy.label().id().equals(found.label().id()))
                .orElseThrow(() -> IamErrors.policyNotFound(found.label().arn()));
    }

    /** @throws ServiceException of the caller's choice, if the account cannot use a policy of this ARN */
    static void requireUsable(AccountEdit edit, String arn, ServiceException otherwise) {
        boolean isThere = BuiltInPolicies.isBuiltIn(arn)
                ? BuiltInPolicies.find(arn).isPresent()
                : own(edit, arn).isPresent();
        if (!isThere) {
            throw otherwise;
        }
    }
}
