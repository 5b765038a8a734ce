package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.security.identity.AccountEdit;
import io.gramme.security.identity.Entity;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.Label;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations on the policies that bound what users and roles may do. */
final class BoundaryOperations {
    static final String KEY = "iam:PermissionsBoundary";
    private static final String MEMBER = "PermissionsBoundary";

    private final IdentityStore store;
    private final Targets targets;

    BoundaryOperations(Identities identities) {
        this.store = identities.store();
        this.targets = new Targets(store);
    }

    Map<String, Operation> all() {
        var all = new HashMap<String, Operation>();
        for (Label.Kind kind : List.of(Label.Kind.USER, Label.Kind.ROLE)) {
            String word = Shapes.word(kind);
            all.put("Put" + word + MEMBER, call -> put(call, kind));
            all.put("Delete" + word + MEMBER, call -> delete(call, kind));
        }
        return all;
    }

    /** The boundary that a request names. */
    static Optional<String> boundary(IamCall call) {
        Optional<String> arn = call.optional(MEMBER, Word.ARN);
        arn.ifPresent(ManagedPolicies::requireForm);
        return arn;
    }

    /** Counts the uses of policies as boundaries; the caller stores the boundary itself. */
    static void set(AccountEdit edit, Optional<String> before, Optional<String> after) {
        after.ifPresent(arn -> ManagedPolicies.requireUsable(edit, arn, IamErrors.noBoundary(arn)));
        before.ifPresent(arn -> Targets.count(edit, arn, 0, -1));
        after.ifPresent(arn -> Targets.count(edit, arn, 0, 1));
    }

    private Document.Structure put(IamCall call, Label.Kind kind) {
        String arn = boundary(call).orElseThrow(() -> IamErrors.missing(MEMBER));
        Entity found = targets.of(call, kind, Map.of(KEY, List.of(arn)));
        store.change(call.account(), edit -> {
            Entity entity = Targets.again(edit, found);
            set(edit, entity.grants().boundary(), Optional.of(arn));
            edit.put(entity.with(entity.grants().withBoundary(Optional.of(arn))));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure delete(IamCall call, Label.Kind kind) {
        String name = call.text(Targets.member(kind), Targets.word(kind));
        Map<String, List<String>> keys = store.entity(kind, call.account(), name)
                .flatMap(entity -> entity.grants().boundary())
                .map(arn -> Map.of(KEY, List.of(arn)))
                .orElse(Map.of());
        Entity found = targets.of(call, kind, keys);
        store.change(call.account(), edit -> {
            Entity entity = Targets.again(edit, found);
            if (entity.grants().boundary().isEmpty()) {
                throw IamErrors.notFound(
                        "The " + kind.word() + " " + entity.label().name() + " does not have a permissions boundary.");
            }
            set(edit, entity.grants().boundary(), Optional.empty());
            edit.put(entity.with(entity.grants().withBoundary(Optional.empty())));
            return true;
        });
        return Document.Structure.EMPTY;
    }
}
