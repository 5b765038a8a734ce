package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.security.identity.Entity.Group;
import io.gramme.security.identity.Entity.User;
import io.gramme.security.identity.Grants;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.IdentityStore.Listed;
import io.gramme.security.identity.Label;
import java.util.Map;
import java.util.Optional;

/** The operations on groups and their members. */
final class GroupOperations {
    private static final int GROUPS_OF_A_USER = 10;

    private final Identities identities;
    private final IdentityStore store;
    private final Targets targets;

    GroupOperations(Identities identities) {
        this.identities = identities;
        this.store = identities.store();
        this.targets = new Targets(store);
    }

    Map<String, Operation> all() {
        return Map.of(
                "CreateGroup", this::create,
                "GetGroup", this::get,
                "ListGroups", this::list,
                "UpdateGroup", this::update,
                "DeleteGroup", this::delete,
                "AddUserToGroup", this::add,
                "RemoveUserFromGroup", this::remove,
                "ListGroupsForUser", this::ofUser);
    }

    private Document.Structure create(IamCall call) {
        String name = call.text("GroupName", Word.GROUP_NAME);
        String path = call.path(Word.PATH);
        call.require(Label.Kind.GROUP.arn(call.account(), path, name));
        var label = new Label(
                Label.Kind.GROUP,
                call.account(),
                path,
                name,
                identities.ids().of(Label.Kind.GROUP),
                identities.now(),
                Map.of());
        var group = new Group(label, Grants.NONE, 0);
        store.change(call.account(), edit -> {
            if (edit.group(name).isPresent()) {
                throw IamErrors.exists(Label.Kind.GROUP, name);
            }
            edit.put(group);
            return true;
        });
        return Shapes.answer("Group", Shapes.whole(group));
    }

    /** With a page of its users. */
    private Document.Structure get(IamCall call) {
        Group group = targets.group(call);
        Listed<String> page = store.members(group, Marker.read(call.input()), call.maxItems());
        var users = page.elements().stream()
                .flatMap(name -> store.user(call.account(), name).stream())
                .toList();
        return Shapes.listed(
                new Output().put("Group", Shapes.whole(group)), "Users", users, page.next(), Shapes::brief);
    }

    private Document.Structure list(IamCall call) {
        call.require(Label.Kind.GROUP.arn(call.account(), call.pathPrefix().orElse("/"), ""));
        Listed<Group> page = store.groups(
                call.account(), Marker.read(call.input()), call.maxItems(), group -> call.isUnder(group.label()));
        return Shapes.listed("Groups", page.elements(), page.next(), Shapes::brief);
    }

    private Document.Structure update(IamCall call) {
        Optional<String> newName = call.optional("NewGroupName", Word.GROUP_NAME);
        Optional<String> newPath = call.optional("NewPath", Word.PATH);
        Group found = targets.group(call);
        call.require(Label.Kind.GROUP.arn(
                call.account(),
                newPath.orElse(found.label().path()),
                newName.orElse(found.label().name())));
        store.change(call.account(), edit -> {
            Group group = Targets.again(edit, found);
            Label label = group.label();
            String name = newName.orElse(label.name());
            if (!name.equalsIgnoreCase(label.name()) && edit.group(name).isPresent()) {
                throw IamErrors.exists(Label.Kind.GROUP, name);
            }
            edit.delete(group);
            edit.put(group.with(label.renamed(newPath.orElse(label.path()), name)));
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure delete(IamCall call) {
        Group found = targets.group(call);
        store.change(call.account(), edit -> {
            Group group = Targets.again(edit, found);
            if (group.members() > 0) {
                throw IamErrors.conflict("Cannot delete entity, must remove users from group first.");
            }
            Targets.requireBare(group);
            edit.delete(group);
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure add(IamCall call) {
        String name = call.text("UserName", Word.USER_NAME);
        Group found = targets.group(call);
        store.change(call.account(), edit -> {
            Group group = Targets.again(edit, found);
            User user = edit.user(name).orElseThrow(() -> IamErrors.notFound(Label.Kind.USER, name));
            if (!user.groups().contains(group.label().id())) {
                if (user.groups().size() >= GROUPS_OF_A_USER) {
                    throw IamErrors.quota("GroupsPerUser", GROUPS_OF_A_USER);
                }
                edit.join(user, group);
            }
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure remove(IamCall call) {
        String name = call.text("UserName", Word.USER_NAME);
        Group found = targets.group(call);
        store.change(call.account(), edit -> {
            Group group = Targets.again(edit, found);
            User user = edit.user(name).orElseThrow(() -> IamErrors.notFound(Label.Kind.USER, name));
            if (!user.groups().contains(group.label().id())) {
                throw IamErrors.notFound(
                        "User " + name + " is not in group " + group.label().name() + ".");
            }
            edit.leave(user, group);
            return true;
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure ofUser(IamCall call) {
        User user = targets.user(call);
        var groups = user.groups().stream()
                .flatMap(id -> store.groupOf(call.account(), id).stream())
                .toList();
        IamCall.Marked<Group> page = call.page(groups);
        return Shapes.listed("Groups", page.elements(), page.next(), Shapes::brief);
    }
}
