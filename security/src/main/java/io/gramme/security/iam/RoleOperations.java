package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Grants;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.IdentityStore.Listed;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.PolicyDocuments;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations on roles. */
final class RoleOperations {
    private static final int SHORTEST_SESSION = 3_600;
    private static final int LONGEST_SESSION = 43_200;

    /** The service's default, which it raises up to four times on request. */
    private static final int TRUST_SIZE = 2_048;

    private final Identities identities;
    private final IdentityStore store;
    private final Targets targets;
    private final PolicyTexts texts;

    RoleOperations(Identities identities, PolicyTexts texts) {
        this.identities = identities;
        this.store = identities.store();
        this.targets = new Targets(store);
        this.texts = texts;
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateRole", this::create,
                "GetRole", this::get,
                "ListRoles", this::list,
                "UpdateRole", this::update,
                "UpdateAssumeRolePolicy", this::trust,
                "DeleteRole", this::delete,
                "RevokeRoleSessions", this::revoke,
                "ListInstanceProfilesForRole", this::instanceProfiles);
    }

    private Document.Structure create(IamCall call) {
        String name = call.text("RoleName", Word.ROLE_NAME);
        String path = call.path(Word.PATH);
        Optional<String> description = call.optional("Description", Word.ROLE_DESCRIPTION);
        int longest = call.number("MaxSessionDuration", SHORTEST_SESSION, LONGEST_SESSION, SHORTEST_SESSION);
        Optional<String> boundary = BoundaryOperations.boundary(call);
        Map<String, String> tags = call.tags();
        call.require(
                Label.Kind.ROLE.arn(call.account(), path, name),
                IamCall.with(IamCall.tagKeys(tags), BoundaryOperations.KEY, boundary));
        String trust = trustOf(call, "AssumeRolePolicyDocument");
        var label = new Label(
                Label.Kind.ROLE,
                call.account(),
                path,
                name,
                identities.ids().of(Label.Kind.ROLE),
                identities.now(),
                tags);
        var role = new Role(label, Grants.NONE.withBoundary(boundary), trust, description, longest, Optional.empty());
        store.change(call.account(), edit -> {
            if (edit.role(name).isPresent()) {
                throw IamErrors.exists(Label.Kind.ROLE, name);
            }
            BoundaryOperations.set(edit, Optional.empty(), boundary);
            edit.put(role);
            return true;
        });
        return Shapes.answer("Role", Shapes.whole(role));
    }

    private String trustOf(IamCall call, String member) {
        String trust = texts.read(call, member, PolicyDocuments.Kind.TRUST);
        if (PolicyTexts.size(trust) > TRUST_SIZE) {
            throw IamErrors.quota("ACLSizePerRole", TRUST_SIZE);
        }
        return trust;
    }

    private Document.Structure get(IamCall call) {
        return Shapes.answer("Role", Shapes.whole(targets.role(call)));
    }

    private Document.Structure list(IamCall call) {
        call.require(Label.Kind.ROLE.arn(call.account(), call.pathPrefix().orElse("/"), ""));
        Listed<Role> page = store.roles(
                call.account(), Marker.read(call.input()), call.maxItems(), role -> call.isUnder(role.label()));
        return Shapes.listed("Roles", page.elements(), page.next(), Shapes::brief);
    }

    private Document.Structure update(IamCall call) {
        Optional<String> description = call.optional("Description", Word.ROLE_DESCRIPTION);
        int absent = 0;
        int longest = call.number("MaxSessionDuration", SHORTEST_SESSION, LONGEST_SESSION, absent);
        Role found = targets.role(call);
        store.change(call.account(), edit -> {
            Role role = Targets.again(edit, found);
            edit.put(role.described(
                    description.or(role::description), longest == absent ? role.maxSessionSeconds() : longest));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure trust(IamCall call) {
        Role found = targets.role(call);
        String trust = trustOf(call, "PolicyDocument");
        store.change(call.account(), edit -> {
            edit.put(Targets.again(edit, found).withTrust(trust));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure delete(IamCall call) {
        Role found = targets.role(call);
        store.change(call.account(), edit -> {
            Role role = Targets.again(edit, found);
            Targets.requireBare(role);
            BoundaryOperations.set(edit, role.grants().boundary(), Optional.empty());
            edit.delete(role);
            return true;
        });
        return Document.Structure.EMPTY;
    }

    /** An operation of Gramme's own. */
    private Document.Structure revoke(IamCall call) {
        Role found = targets.role(call);
        identities.revokeSessions(call.account(), Label.Kind.ROLE, found.label().name());
        return Document.Structure.EMPTY;
    }

    /** There are none, and tools ask for them before they delete a role. */
    private Document.Structure instanceProfiles(IamCall call) {
        targets.role(call);
        return Shapes.listed("InstanceProfiles", List.<Document>of(), Optional.empty(), one -> one);
    }
}
