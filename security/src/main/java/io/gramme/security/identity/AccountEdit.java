package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import io.gramme.security.identity.Entity.Group;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Entity.User;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows of an account inside one transaction, with what the transaction has changed so far. For one thread, while the
 * transition runs.
 */
public final class AccountEdit {

    /** Ends a transition that needs a row which its transaction did not read: it runs again with that row. */
    static final class Unread extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient RowKey key;

        Unread(RowKey key) {
            super("unread", null, false, false);
            this.key = key;
        }

        RowKey key() {
            return key;
        }
    }

    private final String account;
    private final Map<RowKey, Optional<Row>> current;
    private final Map<RowKey, Write> writes = new LinkedHashMap<>();
    private AccountTotals totals;
    private boolean isChanged;

    AccountEdit(String account, Map<RowKey, Optional<Row>> current) {
        this.account = account;
        this.current = current;
        this.totals = read(IdentityKeys.account(account), IdentityCodec::totals).orElse(AccountTotals.NONE);
    }

    public String account() {
        return account;
    }

    public AccountTotals totals() {
        return totals;
    }

    private <T> Optional<T> read(RowKey key, Function<Bytes, T> decode) {
        Write write = writes.get(key);
        if (write != null) {
            return write instanceof Write.Put put ? Optional.of(decode.apply(put.value())) : Optional.empty();
        }
        Optional<Row> row = current.get(key);
        if (row == null) {
            throw new Unread(key);
        }
        return row.map(found -> decode.apply(found.value()));
    }

    private void put(RowKey key, Bytes value) {
        isChanged = true;
        writes.put(key, new Write.Put(key, value));
    }

    private void delete(RowKey key) {
        isChanged = true;
        writes.put(key, new Write.Delete(key));
    }

    // Users, groups, roles.

    public Optional<User> user(String name) {
        return read(IdentityKeys.named(Label.Kind.USER, account, name), IdentityCodec::user);
    }

    public Optional<Group> group(String name) {
        return read(IdentityKeys.named(Label.Kind.GROUP, account, name), IdentityCodec::group);
    }

    public Optional<Role> role(String name) {
        return read(IdentityKeys.named(Label.Kind.ROLE, account, name), IdentityCodec::role);
    }

    /** @param kind not that of policies */
    public Optional<? extends Entity> entity(Label.Kind kind, String name) {
        return switch (kind) {
            case USER -> user(name);
            case GROUP -> group(name);
            case ROLE -> role(name);
            case POLICY -> throw new IllegalArgumentException("a policy is no identity");
        };
    }

    /** Makes or replaces an identity under its name. */
    public void put(Entity entity) {
        switch (entity) {
            case User user -> put(user.label(), user(user.label().name()).isPresent(), IdentityCodec.encode(user));
            case Role role -> put(role.label(), role(role.label().name()).isPresent(), IdentityCodec.encode(role));
            case Group group -> {
                put(group.label(), group(group.label().name()).isPresent(), IdentityCodec.encode(group));
                put(
                        IdentityKeys.groupName(account, group.label().id()),
                        IdentityCodec.encode(group.label().name()));
            }
        }
    }

    private void put(Label label, boolean wasThere, Bytes value) {
        put(IdentityKeys.named(label), value);
        totals = wasThere ? totals : totals.plus(label.kind(), 1);
    }

    /** Deletes an identity that is there, and nothing that belongs to it. */
    public void delete(Entity entity) {
        forget(entity.label());
        if (entity instanceof Group) {
            delete(IdentityKeys.groupName(account, entity.label().id()));
        }
    }

    private void forget(Label label) {
        delete(IdentityKeys.named(label));
        totals = totals.plus(label.kind(), -1);
    }

    /** The group of an id that a user names. */
    public Optional<Group> groupOf(String id) {
        return read(IdentityKeys.groupName(account, id), IdentityCodec::text).flatMap(this::group);
    }

    public void join(User user, Group group) {
        put(
                IdentityKeys.member(account, group.label().id(), user.label().name()),
                IdentityCodec.encode(user.label().name()));
        put(user.withGroup(group.label().id()));
        put(group.withMembers(group.members() + 1));
    }

    public void leave(User user, Group group) {
        delete(IdentityKeys.member(account, group.label().id(), user.label().name()));
        put(user.withoutGroup(group.label().id()));
        put(group.withMembers(group.members() - 1));
    }

    /** Gives a user another name, which no other user has, or another path. */
    public User rename(User user, Label renamed) {
        User after = user.with(renamed);
        var groups = new ArrayList<Group>();
        for (String id : user.groups()) {
            groupOf(id).ifPresent(groups::add);
        }
        delete(user);
        put(after);
        for (Group group : groups) {
            delete(IdentityKeys.member(account, group.label().id(), user.label().name()));
            put(IdentityKeys.member(account, group.label().id(), renamed.name()), IdentityCodec.encode(renamed.name()));
        }
        for (String id : user.keys()) {
            key(id).ifPresent(key -> put(IdentityKeys.key(id), IdentityCodec.encode(key.of(renamed.name()))));
        }
        return after;
    }

    // Policies.

    public Optional<ManagedPolicy> policy(String name) {
        return read(IdentityKeys.named(Label.Kind.POLICY, account, name), IdentityCodec::policy);
    }

    public void put(ManagedPolicy policy) {
        put(policy.label(), policy(policy.label().name()).isPresent(), IdentityCodec.encode(policy));
    }

    public void delete(ManagedPolicy policy) {
        forget(policy.label());
    }

    // Keys.

    public Optional<AccessKey> key(String id) {
        return read(IdentityKeys.key(id), IdentityCodec::key)
                .filter(key -> key.account().equals(account));
    }

    /** Whether any account has a key of this id. */
    boolean isTaken(String keyId) {
        return read(IdentityKeys.key(keyId), IdentityCodec::key).isPresent();
    }

    public void put(AccessKey key) {
        put(IdentityKeys.key(key.id()), IdentityCodec.encode(key));
    }

    public void deleteKey(String id) {
        delete(IdentityKeys.key(id));
        delete(IdentityKeys.use(id));
    }

    public void setRootKeys(List<String> ids) {
        isChanged = true;
        totals = totals.with(ids);
    }

    /** All changes, and with them the row by which other servers see that there are some. */
    List<Write> writes() {
        if (!isChanged) {
            return List.of();
        }
        RowKey key = IdentityKeys.account(account);
        writes.put(key, new Write.Put(key, IdentityCodec.encode(totals)));
        return List.copyOf(writes.values());
    }
}
