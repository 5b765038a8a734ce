package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.security.identity.Entity.User;
import io.gramme.security.identity.Grants;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.IdentityStore.Listed;
import io.gramme.security.identity.Label;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations on users. */
final class UserOperations {
    private static final Document.Structure NOTHING = Document.Structure.EMPTY;

    private final Identities identities;
    private final IdentityStore store;
    private final Targets targets;

    UserOperations(Identities identities) {
        this.identities = identities;
        this.store = identities.store();
        this.targets = new Targets(store);
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateUser", this::create,
                "GetUser", this::get,
                "ListUsers", this::list,
                "UpdateUser", this::update,
                "DeleteUser", this::delete,
                "RevokeUserSessions", this::revoke);
    }

    private Document.Structure create(IamCall call) {
        String name = call.text("UserName", Word.NEW_USER_NAME);
        String path = call.path(Word.PATH);
        Optional<String> boundary = BoundaryOperations.boundary(call);
        Map<String, String> tags = call.tags();
        call.require(
                Label.Kind.USER.arn(call.account(), path, name),
                IamCall.with(IamCall.tagKeys(tags), BoundaryOperations.KEY, boundary));
        var label = new Label(
                Label.Kind.USER,
                call.account(),
                path,
                name,
                identities.ids().of(Label.Kind.USER),
                identities.now(),
                tags);
        var user = new User(label, Grants.NONE.withBoundary(boundary), List.of(), List.of(), Optional.empty());
        store.change(call.account(), edit -> {
            if (edit.user(name).isPresent()) {
                throw IamErrors.exists(Label.Kind.USER, name);
            }
            BoundaryOperations.set(edit, Optional.empty(), boundary);
            edit.put(user);
            return true;
        });
        return Shapes.answer("User", Shapes.whole(user));
    }

    private Document.Structure get(IamCall call) {
        String name = call.userOrCaller();
        return Shapes.answer(
                "User",
                name.isEmpty() ? root(call) : Shapes.whole(targets.named(call, Label.Kind.USER, name, Map.of())));
    }

    private static Document root(IamCall call) {
        String arn = "arn:aws:iam::" + call.account() + ":root";
        call.require(arn);
        return new Output()
                .put("Path", "/")
                .put("UserName", "root")
                .put("UserId", call.account())
                .put("Arn", arn)
                .put("CreateDate", Shapes.time(Instant.EPOCH))
                .done();
    }

    private Document.Structure list(IamCall call) {
        call.require(Label.Kind.USER.arn(call.account(), call.pathPrefix().orElse("/"), ""));
        Listed<User> page = store.users(
                call.account(), Marker.read(call.input()), call.maxItems(), user -> call.isUnder(user.label()));
        return Shapes.listed("Users", page.elements(), page.next(), Shapes::brief);
    }

    private Document.Structure update(IamCall call) {
        Optional<String> newName = call.optional("NewUserName", Word.NEW_USER_NAME);
        Optional<String> newPath = call.optional("NewPath", Word.PATH);
        User found = targets.user(call);
        call.require(Label.Kind.USER.arn(
                call.account(),
                newPath.orElse(found.label().path()),
                newName.orElse(found.label().name())));
        store.change(call.account(), edit -> {
            User user = Targets.again(edit, found);
            String name = newName.orElse(user.label().name());
            if (!name.equalsIgnoreCase(user.label().name()) && edit.user(name).isPresent()) {
                throw IamErrors.exists(Label.Kind.USER, name);
            }
            return edit.rename(
                    user, user.label().renamed(newPath.orElse(user.label().path()), name));
        });
        return NOTHING;
    }

    private Document.Structure delete(IamCall call) {
        User found = targets.user(call);
        store.change(call.account(), edit -> {
            User user = Targets.again(edit, found);
            if (!user.groups().isEmpty()) {
                throw IamErrors.conflict("Cannot delete entity, must remove users from group first.");
            }
            if (!user.keys().isEmpty()) {
                throw IamErrors.conflict("Cannot delete entity, must delete access keys first.");
            }
            Targets.requireBare(user);
            BoundaryOperations.set(edit, user.grants().boundary(), Optional.empty());
            edit.delete(user);
            return true;
        });
        return NOTHING;
    }

    /** An operation of Gramme's own. */
    private Document.Structure revoke(IamCall call) {
        User found = targets.user(call);
        identities.revokeSessions(call.account(), Label.Kind.USER, found.label().name());
        return NOTHING;
    }
}
