package io.gramme.security.iam;

import io.gramme.security.identity.AccountEdit;
import io.gramme.security.identity.Entity;
import io.gramme.security.identity.Entity.Group;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Entity.User;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.Label;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the identity that a request names. Whether the caller may do the operation is decided before it hears whether there
 * is such an identity; for one that there is not, by the ARN that it would have without a path.
 */
final class Targets {
    private final IdentityStore store;

    Targets(IdentityStore store) {
        this.store = store;
    }

    /** The member that names an identity of a kind. */
    static String member(Label.Kind kind) {
        return Shapes.word(kind) + "Name";
    }

    static Word word(Label.Kind kind) {
        return switch (kind) {
            case USER -> Word.USER_NAME;
            case GROUP -> Word.GROUP_NAME;
            case ROLE -> Word.ROLE_NAME;
            case POLICY -> Word.POLICY_NAME;
        };
    }

    /** The identity of a kind that a request names, for its caller. */
    Entity of(IamCall call, Label.Kind kind) {
        return of(call, kind, Map.of());
    }

    Entity of(IamCall call, Label.Kind kind, Map<String, List<String>> keys) {
        return named(call, kind, call.text(member(kind), word(kind)), keys);
    }

    Entity named(IamCall call, Label.Kind kind, String name, Map<String, List<String>> keys) {
        Optional<? extends Entity> found = store.entity(kind, call.account(), name);
        String arn = found.map(entity -> entity.label().arn()).orElseGet(() -> kind.arn(call.account(), "/", name));
        Map<String, String> tags = found.map(entity -> entity.label().tags()).orElse(Map.of());
        call.require(arn, tags, keys);
        return found.orElseThrow(() -> IamErrors.notFound(kind, name));
    }

    User user(IamCall call) {
        return (User) of(call, Label.Kind.USER);
    }

    Group group(IamCall call) {
        return (Group) of(call, Label.Kind.GROUP);
    }

    Role role(IamCall call) {
        return (Role) of(call, Label.Kind.ROLE);
    }

    /** The identity as it is inside a transaction, if it is still the one that was found. */
    static Entity again(AccountEdit edit, Entity found) {
        Label label = found.label();
        return edit.entity(label.kind(), label.name())
                .filter(entity -> entity.label().id().equals(label.id()))
                .orElseThrow(() -> IamErrors.notFound(label.kind(), label.name()));
    }

    static User again(AccountEdit edit, User found) {
        return (User) again(edit, (Entity) found);
    }

    static Group again(AccountEdit edit, Group found) {
        return (Group) again(edit, (Entity) found);
    }

    static Role again(AccountEdit edit, Role found) {
        return (Role) again(edit, (Entity) found);
    }

    /** Counts one use more or less of a managed policy that this account has. */
    static void count(AccountEdit edit, String arn, int attachments, int boundaries) {
        ManagedPolicies.own(edit, arn).ifPresent(policy -> edit.put(policy.used(attachments, boundaries)));
    }

    /** Refuses to delete an identity that something belongs to. */
    static void requireBare(Entity entity) {
        if (!entity.grants().attached().isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!entity.grants().inline().isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must delete policies first.");
        }
    }
}
