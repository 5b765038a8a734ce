package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.security.identity.Entity;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.Label;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operations that attach managed policies to users, groups and roles. */
final class AttachmentOperations {
    private static final int POLICIES = 10;
    private static final String KEY = "iam:PolicyARN";

    private final IdentityStore store;
    private final Targets targets;

    AttachmentOperations(Identities identities) {
        this.store = identities.store();
        this.targets = new Targets(store);
    }

    Map<String, Operation> all() {
        var all = new HashMap<String, Operation>();
        for (Label.Kind kind : List.of(Label.Kind.USER, Label.Kind.GROUP, Label.Kind.ROLE)) {
            String word = Shapes.word(kind);
            all.put("Attach" + word + "Policy", call -> attach(call, kind));
            all.put("Detach" + word + "Policy", call -> detach(call, kind));
            all.put("ListAttached" + word + "Policies", call -> list(call, kind));
        }
        return all;
    }

    private Document.Structure attach(IamCall call, Label.Kind kind) {
        String arn = ManagedPolicies.arn(call);
        Entity found = targets.of(call, kind, Map.of(KEY, List.of(arn)));
        store.change(call.account(), edit -> {
            Entity entity = Targets.again(edit, found);
            ManagedPolicies.requireUsable(edit, arn, IamErrors.notAttachable(arn));
            if (entity.grants().attached().contains(arn)) {
                return false;
            }
            if (entity.grants().attached().size() >= POLICIES) {
                throw IamErrors.quota("PoliciesPer" + Shapes.word(kind), POLICIES);
            }
            edit.put(entity.with(entity.grants().withAttached(arn)));
            Targets.count(edit, arn, 1, 0);
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure detach(IamCall call, Label.Kind kind) {
        String arn = ManagedPolicies.arn(call);
        Entity found = targets.of(call, kind, Map.of(KEY, List.of(arn)));
        store.change(call.account(), edit -> {
            Entity entity = Targets.again(edit, found);
            if (!entity.grants().attached().contains(arn)) {
                throw IamErrors.policyNotFound(arn);
            }
            edit.put(entity.with(entity.grants().withoutAttached(arn)));
            Targets.count(edit, arn, -1, 0);
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure list(IamCall call, Label.Kind kind) {
        Entity entity = targets.of(call, kind);
        List<String> arns = entity.grants().attached().stream()
                .filter(arn -> call.pathPrefix()
                        .map(path -> arn.substring(arn.indexOf('/')).startsWith(path))
                        .orElse(true))
                .toList();
        IamCall.Marked<String> page = call.page(arns);
        return Shapes.listed("AttachedPolicies", page.elements(), page.next(), Shapes::attached);
    }
}
