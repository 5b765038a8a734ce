package io.gramme.security.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A user, group or role of an account: it has policies of its own. */
public sealed interface Entity {
    Label label();

    Grants grants();

    Entity with(Label label);

    Entity with(Grants grants);

    /**
     * @param groups the ids of the groups that it is in, in the order in which it came to them
     * @param keys the ids of its access keys
     * @param revokedBefore sessions that were issued earlier are over
     */
    record User(Label label, Grants grants, List<String> groups, List<String> keys, Optional<Instant> revokedBefore)
            implements Entity {
        public User {
            groups = List.copyOf(groups);
            keys = List.copyOf(keys);
        }

        @Override
        public User with(Label changed) {
            return new User(changed, grants, groups, keys, revokedBefore);
        }

        @Override
        public User with(Grants changed) {
            return new User(label, changed, groups, keys, revokedBefore);
        }

        public User withKey(String id) {
            return new User(label, grants, groups, plus(keys, id), revokedBefore);
        }

        public User withoutKey(String id) {
            return new User(label, grants, groups, minus(keys, id), revokedBefore);
        }

        public User withGroup(String id) {
            return new User(label, grants, plus(groups, id), keys, revokedBefore);
        }

        public User withoutGroup(String id) {
            return new User(label, grants, minus(groups, id), keys, revokedBefore);
        }

        public User revoked(Instant before) {
            return new User(label, grants, groups, keys, Optional.of(before));
        }
    }

    /** @param members how many users are in it */
    record Group(Label label, Grants grants, int members) implements Entity {
        @Override
        public Group with(Label changed) {
            return new Group(changed, grants, members);
        }

        @Override
        public Group with(Grants changed) {
            return new Group(label, changed, members);
        }

        public Group withMembers(int changed) {
            return new Group(label, grants, changed);
        }
    }

    /**
     * @param trust the text of the policy that says who may assume it
     * @param revokedBefore sessions that were issued earlier are over
     */
    record Role(
            Label label,
            Grants grants,
            String trust,
            Optional<String> description,
            int maxSessionSeconds,
            Optional<Instant> revokedBefore)
            implements Entity {
        @Override
        public Role with(Label changed) {
            return new Role(changed, grants, trust, description, maxSessionSeconds, revokedBefore);
        }

        @Override
        public Role with(Grants changed) {
            return new Role(label, changed, trust, description, maxSessionSeconds, revokedBefore);
        }

        public Role withTrust(String changed) {
            return new Role(label, grants, changed, description, maxSessionSeconds, revokedBefore);
        }

        public Role described(Optional<String> text, int seconds) {
            return new Role(label, grants, trust, text, seconds, revokedBefore);
        }

        public Role revoked(Instant before) {
            return new Role(label, grants, trust, description, maxSessionSeconds, Optional.of(before));
        }
    }

    private static List<String> plus(List<String> texts, String more) {
        var changed = new ArrayList<>(texts);
        changed.add(more);
        return changed;
    }

    private static List<String> minus(List<String> texts, String less) {
        return texts.stream().filter(one -> !one.equals(less)).toList();
    }
}
