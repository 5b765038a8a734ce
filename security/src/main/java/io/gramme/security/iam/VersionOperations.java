package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.ManagedPolicy;
import io.gramme.security.identity.ManagedPolicy.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operations on the versions of managed policies. */
final class VersionOperations {
    private static final int VERSIONS = 5;

    private final Identities identities;
    private final IdentityStore store;
    private final ManagedPolicies policies;
    private final PolicyTexts texts;

    VersionOperations(Identities identities, PolicyTexts texts) {
        this.identities = identities;
        this.store = identities.store();
        this.policies = new ManagedPolicies(store);
        this.texts = texts;
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreatePolicyVersion", this::create,
                "GetPolicyVersion", this::get,
                "ListPolicyVersions", this::list,
                "DeletePolicyVersion", this::delete,
                "SetDefaultPolicyVersion", this::setDefault);
    }

    private Document.Structure create(IamCall call) {
        boolean asDefault = call.input().flag("SetAsDefault").orElse(false);
        ManagedPolicy found = policies.changeable(call, Map.of());
        String text = PolicyOperations.text(texts, call);
        Instant now = identities.now();
        ManagedPolicy changed = store.change(call.account(), edit -> {
            ManagedPolicy policy = ManagedPolicies.again(edit, found);
            if (policy.versions().size() >= VERSIONS) {
                throw IamErrors.limit("A managed policy can have up to " + VERSIONS + " versions. Before you create a"
                        + " new version, you must delete an existing version.");
            }
            int number = policy.lastVersion() + 1;
            var versions = new ArrayList<>(policy.versions());
            versions.add(new Version(number, text, now));
            ManagedPolicy after = policy.with(versions, asDefault ? number : policy.defaultVersion(), number, now);
            edit.put(after);
            return after;
        });
        return Shapes.answer(
                "PolicyVersion", Shapes.version(changed, changed.versions().getLast(), false));
    }

    private Document.Structure get(IamCall call) {
        String id = call.text("VersionId", Word.VERSION);
        ManagedPolicy policy = policies.visible(call);
        return Shapes.answer("PolicyVersion", Shapes.version(policy, version(policy, id), true));
    }

    private static Version version(ManagedPolicy policy, String id) {
        return policy.version(id)
                .orElseThrow(() -> IamErrors.noVersion(policy.label().arn(), id));
    }

    private Document.Structure list(IamCall call) {
        ManagedPolicy policy = policies.visible(call);
        // The newest first, as the service lists them.
        IamCall.Marked<Version> page = call.page(policy.versions().reversed());
        return Shapes.listed(
                "Versions", page.elements(), page.next(), version -> Shapes.version(policy, version, false));
    }

    private Document.Structure delete(IamCall call) {
        String id = call.text("VersionId", Word.VERSION);
        ManagedPolicy found = policies.changeable(call, Map.of());
        Instant now = identities.now();
        store.change(call.account(), edit -> {
            ManagedPolicy policy = ManagedPolicies.again(edit, found);
            Version version = version(policy, id);
            if (version.number() == policy.defaultVersion()) {
                throw IamErrors.conflict("Cannot delete the default version of a policy.");
            }
            List<Version> rest = policy.versions().stream()
                    .filter(one -> one.number() != version.number())
                    .toList();
            edit.put(policy.with(rest, policy.defaultVersion(), policy.lastVersion(), now));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure setDefault(IamCall call) {
        String id = call.text("VersionId", Word.VERSION);
        ManagedPolicy found = policies.changeable(call, Map.of());
        Instant now = identities.now();
        store.change(call.account(), edit -> {
            ManagedPolicy policy = ManagedPolicies.again(edit, found);
            edit.put(policy.with(policy.versions(), version(policy, id).number(), policy.lastVersion(), now));
            return true;
        });
        return Document.Structure.EMPTY;
    }
}
