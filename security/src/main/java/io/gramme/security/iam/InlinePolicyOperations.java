package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.security.identity.Entity;
import io.gramme.security.identity.Grants;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.PolicyDocuments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations on the policies that belong to one user, group or role. */
final class InlinePolicyOperations {
    private final IdentityStore store;
    private final Targets targets;
    private final PolicyTexts texts;

    InlinePolicyOperations(Identities identities, PolicyTexts texts) {
        this.store = identities.store();
        this.targets = new Targets(store);
        this.texts = texts;
    }

    Map<String, Operation> all() {
        var all = new HashMap<String, Operation>();
        for (Label.Kind kind : List.of(Label.Kind.USER, Label.Kind.GROUP, Label.Kind.ROLE)) {
            String word = Shapes.word(kind);
            all.put("Put" + word + "Policy", call -> put(call, kind));
            all.put("Get" + word + "Policy", call -> get(call, kind));
            all.put("List" + word + "Policies", call -> list(call, kind));
            all.put("Delete" + word + "Policy", call -> delete(call, kind));
        }
        return all;
    }

    /** Of all inline policies of an identity together. */
    private static int mostSize(Label.Kind kind) {
        return switch (kind) {
            case USER -> 2_048;
            case GROUP -> 5_120;
            case ROLE -> 10_240;
            case POLICY -> throw new IllegalArgumentException("a policy has no policies");
        };
    }

    private Document.Structure put(IamCall call, Label.Kind kind) {
        String name = call.text("PolicyName", Word.POLICY_NAME);
        Entity found = targets.of(call, kind);
        String text = texts.read(call, "PolicyDocument", PolicyDocuments.Kind.IDENTITY);
        store.change(call.account(), edit -> {
            Entity entity = Targets.again(edit, found);
            Grants changed = entity.grants().withInline(name, text);
            int size = changed.inline().values().stream()
                    .mapToInt(PolicyTexts::size)
                    .sum();
            if (size > mostSize(kind)) {
                throw IamErrors.limit("Maximum policy size of " + mostSize(kind) + " bytes exceeded for " + kind.word()
                        + " " + entity.label().name());
            }
            edit.put(entity.with(changed));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure get(IamCall call, Label.Kind kind) {
        String name = call.text("PolicyName", Word.POLICY_NAME);
        Entity entity = targets.of(call, kind);
        String text = Optional.ofNullable(entity.grants().inline().get(name))
                .orElseThrow(() -> IamErrors.inlineNotFound(kind, name));
        return new Output()
                .put(Targets.member(kind), entity.label().name())
                .put("PolicyName", name)
                .put("PolicyDocument", Shapes.encoded(text))
                .done();
    }

    private Document.Structure list(IamCall call, Label.Kind kind) {
        Entity entity = targets.of(call, kind);
        IamCall.Marked<String> page =
                call.page(List.copyOf(entity.grants().inline().keySet()));
        return Shapes.listed("PolicyNames", page.elements(), page.next(), Document.Text::new);
    }

    private Document.Structure delete(IamCall call, Label.Kind kind) {
        String name = call.text("PolicyName", Word.POLICY_NAME);
        Entity found = targets.of(call, kind);
        store.change(call.account(), edit -> {
            Entity entity = Targets.again(edit, found);
            if (!entity.grants().inline().containsKey(name)) {
                throw IamErrors.inlineNotFound(kind, name);
            }
            edit.put(entity.with(entity.grants().withoutInline(name)));
            return true;
        });
        return Document.Structure.EMPTY;
    }
}
