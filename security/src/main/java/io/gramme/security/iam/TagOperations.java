package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.security.identity.Entity;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.ManagedPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The operations on the tags of users, roles and managed policies. */
final class TagOperations {
    private final IdentityStore store;
    private final Targets targets;
    private final ManagedPolicies policies;

    TagOperations(Identities identities) {
        this.store = identities.store();
        this.targets = new Targets(store);
        this.policies = new ManagedPolicies(store);
    }

    Map<String, Operation> all() {
        var all = new HashMap<String, Operation>();
        for (Label.Kind kind : List.of(Label.Kind.USER, Label.Kind.ROLE, Label.Kind.POLICY)) {
            String word = Shapes.word(kind);
            all.put("Tag" + word, call -> tag(call, kind));
            all.put("Untag" + word, call -> untag(call, kind));
            all.put("List" + word + "Tags", call -> list(call, kind));
        }
        return all;
    }

    private Document.Structure tag(IamCall call, Label.Kind kind) {
        Map<String, String> more = call.tags();
        if (more.isEmpty()) {
            throw IamErrors.missing("Tags");
        }
        change(call, kind, IamCall.tagKeys(more), before -> {
            var tags = new TreeMap<>(before);
            more.forEach((key, value) -> {
                tags.keySet().removeIf(key::equalsIgnoreCase);
                tags.put(key, value);
            });
            if (tags.size() > IamCall.MOST_TAGS) {
                throw IamErrors.quota("TagsPer" + Shapes.word(kind), IamCall.MOST_TAGS);
            }
            return tags;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure untag(IamCall call, Label.Kind kind) {
        List<String> less = call.tagKeys();
        if (less.isEmpty()) {
            throw IamErrors.missing("TagKeys");
        }
        change(call, kind, Map.of("aws:TagKeys", less), before -> {
            var tags = new TreeMap<>(before);
            less.forEach(key -> tags.keySet().removeIf(key::equalsIgnoreCase));
            return tags;
        });
        return Document.Structure.EMPTY;
    }

    private void change(
            IamCall call, Label.Kind kind, Map<String, List<String>> keys, UnaryOperator<Map<String, String>> change) {
        if (kind == Label.Kind.POLICY) {
            ManagedPolicy found = policies.changeable(call, keys);
            store.change(call.account(), edit -> {
                ManagedPolicy policy = ManagedPolicies.again(edit, found);
                edit.put(policy.with(
                        policy.label().with(change.apply(policy.label().tags()))));
                return true;
            });
            return;
        }
        Entity found = targets.of(call, kind, keys);
        store.change(call.account(), edit -> {
            Entity entity = Targets.again(edit, found);
            edit.put(entity.with(entity.label().with(change.apply(entity.label().tags()))));
            return true;
        });
    }

    private Document.Structure list(IamCall call, Label.Kind kind) {
        Label label = kind == Label.Kind.POLICY
                ? policies.visible(call).label()
                : targets.of(call, kind).label();
        IamCall.Marked<Map.Entry<String, String>> page =
                call.page(List.copyOf(label.tags().entrySet()));
        return Shapes.listed("Tags", page.elements(), page.next(), Shapes::tag);
    }
}
