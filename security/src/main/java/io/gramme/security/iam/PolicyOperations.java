package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.security.identity.BuiltInPolicies;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.IdentityStore.Listed;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.ManagedPolicy;
import io.gramme.security.identity.PolicyDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The operations on managed policies. */
final class PolicyOperations {
    private static final int SIZE = 6_144;

    private final Identities identities;
    private final IdentityStore store;
    private final ManagedPolicies policies;
    private final PolicyTexts texts;

    PolicyOperations(Identities identities, PolicyTexts texts) {
        this.identities = identities;
        this.store = identities.store();
        this.policies = new ManagedPolicies(store);
        this.texts = texts;
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreatePolicy", this::create,
                "GetPolicy", this::get,
                "ListPolicies", this::list,
                "DeletePolicy", this::delete);
    }

    static String text(PolicyTexts texts, IamCall call) {
        String text = texts.read(call, "PolicyDocument", PolicyDocuments.Kind.IDENTITY);
        if (PolicyTexts.size(text) > SIZE) {
            throw IamErrors.quota("PolicySize", SIZE);
        }
        return text;
    }

    private Document.Structure create(IamCall call) {
        String name = call.text("PolicyName", Word.POLICY_NAME);
        String path = call.path(Word.POLICY_PATH);
        Optional<String> description = call.optional("Description", Word.DESCRIPTION);
        Map<String, String> tags = call.tags();
        call.require(Label.Kind.POLICY.arn(call.account(), path, name), IamCall.tagKeys(tags));
        String text = text(texts, call);
        var label = new Label(
                Label.Kind.POLICY,
                call.account(),
                path,
                name,
                identities.ids().of(Label.Kind.POLICY),
                identities.now(),
                tags);
        ManagedPolicy policy = ManagedPolicy.of(label, description, text);
        store.change(call.account(), edit -> {
            if (edit.policy(name).isPresent()) {
                throw IamErrors.exists(Label.Kind.POLICY, name);
            }
            edit.put(policy);
            return true;
        });
        return Shapes.answer("Policy", Shapes.wholePolicy(policy));
    }

    private Document.Structure get(IamCall call) {
        return Shapes.answer("Policy", Shapes.wholePolicy(policies.visible(call)));
    }

    /** Those of the account, then the built-in ones. */
    private Document.Structure list(IamCall call) {
        call.require(Label.Kind.POLICY.arn(call.account(), call.pathPrefix().orElse("/"), ""));
        String scope = choice(call, "Scope", List.of("All", "AWS", "Local")).orElse("All");
        Optional<String> usage = choice(call, "PolicyUsageFilter", List.of("PermissionsPolicy", "PermissionsBoundary"));
        boolean onlyAttached = call.input().flag("OnlyAttached").orElse(false);
        Predicate<ManagedPolicy> filter = policy -> call.isUnder(policy.label())
                && (!onlyAttached || policy.attachments() > 0)
                && usage.map(one -> isUsed(policy, one)).orElse(true);
        Optional<String> marker = Marker.read(call.input());
        var found = new ArrayList<ManagedPolicy>();
        Optional<String> next = Optional.empty();
        boolean isBehindOwn = marker.filter(BuiltInPolicies::isBuiltIn).isPresent();
        if (!scope.equals("AWS") && !isBehindOwn) {
            Listed<ManagedPolicy> page = store.policies(call.account(), marker, call.maxItems(), filter);
            found.addAll(page.elements());
            next = page.next();
        }
        if (!scope.equals("Local") && next.isEmpty()) {
            String after = marker.filter(_ -> isBehindOwn).orElse("");
            for (ManagedPolicy policy : BuiltInPolicies.all()) {
                String arn = policy.label().arn();
                if (arn.compareTo(after) > 0 && filter.test(policy)) {
                    if (found.size() == call.maxItems()) {
                        next = Optional.of(
                                found.getLast().label().account().equals(call.account())
                                        ? BuiltInPolicies.BEFORE_ALL
                                        : found.getLast().label().arn());
                        break;
                    }
                    found.add(policy);
                }
            }
        }
        return Shapes.listed(
                "Policies", found, next, policy -> Shapes.policy(policy).done());
    }

    private static boolean isUsed(ManagedPolicy policy, String usage) {
        return usage.equals("PermissionsPolicy") ? policy.attachments() > 0 : policy.boundaries() > 0;
    }

    private static Optional<String> choice(IamCall call, String member, List<String> choices) {
        return call.input().text(member).map(text -> {
            if (!choices.contains(text)) {
                throw IamErrors.constraint(
                        member,
                        "'" + (text.length() > 100 ? "..." : text) + "'",
                        "Member must satisfy enum value set: " + choices);
            }
            return text;
        });
    }

    private Document.Structure delete(IamCall call) {
        ManagedPolicy found = policies.changeable(call, Map.of());
        store.change(call.account(), edit -> {
            ManagedPolicy policy = ManagedPolicies.again(edit, found);
            if (policy.attachments() > 0) {
                throw IamErrors.conflict("Cannot delete a policy attached to entities.");
            }
            if (policy.versions().size() > 1) {
                throw IamErrors.conflict("This policy has more than one version. Before you delete a policy, you must"
                        + " delete the policy's versions. The default version is deleted with the policy.");
            }
            edit.delete(policy);
            return true;
        });
        return Document.Structure.EMPTY;
    }
}
