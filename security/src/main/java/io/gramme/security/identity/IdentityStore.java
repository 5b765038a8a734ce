package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import io.gramme.security.identity.Entity.Group;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Entity.User;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The stored identities of all accounts. Safe for use by many threads. */
public final class IdentityStore {
    /** An edit reads few rows; one that asks for more is a bug. */
    private static final int MOST_ROUNDS = 100;

    private static final long PAGE_BYTES = 4L << 20;

    /** So many rows a list reads for one answer, which may then have fewer elements than were asked for. */
    private static final int MOST_SCANNED = 10_000;

    private final RowStore store;
    private final Consumer<String> changed;

    /** @param changed hears of each account whose identities this server changed, when the change is stored */
    IdentityStore(RowStore store, Consumer<String> changed) {
        this.store = store;
        this.changed = changed;
    }

    RowStore rows() {
        return store;
    }

    /**
     * Changes an account in one transaction: all of the edit or, if it throws, nothing. The edit runs again for each row
     * that it did not name before, and if another change came first; apart from the {@link AccountEdit} it must be pure.
     */
    public <R> R change(String account, Function<AccountEdit, R> edit) {
        var reads = new HashSet<>(Set.of(IdentityKeys.account(account)));
        for (int round = 0; round < MOST_ROUNDS; round++) {
            try {
                R answer = store.transact(Set.copyOf(reads), current -> {
                    var rows = new AccountEdit(account, current);
                    R result = edit.apply(rows);
                    return new Outcome<>(rows.writes(), result);
                });
                changed.accept(account);
                return answer;
            } catch (AccountEdit.Unread unread) {
                reads.add(unread.key());
            }
        }
        throw new IllegalStateException("an edit of identities reads too many rows");
    }

    // Single rows.

    public Optional<User> user(String account, String name) {
        return named(Label.Kind.USER, account, name, IdentityCodec::user);
    }

    public Optional<Group> group(String account, String name) {
        return named(Label.Kind.GROUP, account, name, IdentityCodec::group);
    }

    public Optional<Role> role(String account, String name) {
        return named(Label.Kind.ROLE, account, name, IdentityCodec::role);
    }

    public Optional<ManagedPolicy> policy(String account, String name) {
        return named(Label.Kind.POLICY, account, name, IdentityCodec::policy);
    }

    public Optional<? extends Entity> entity(Label.Kind kind, String account, String name) {
        return switch (kind) {
            case USER -> user(account, name);
            case GROUP -> group(account, name);
            case ROLE -> role(account, name);
            case POLICY -> throw new IllegalArgumentException("a policy is no identity");
        };
    }

    private <T> Optional<T> named(Label.Kind kind, String account, String name, Function<Bytes, T> decode) {
        return read(IdentityKeys.named(kind, account, name), decode);
    }

    public Optional<AccessKey> key(String id) {
        return read(IdentityKeys.key(id), IdentityCodec::key);
    }

    public Optional<AccessKey.Use> use(String keyId) {
        return read(IdentityKeys.use(keyId), IdentityCodec::use);
    }

    public AccountTotals totals(String account) {
        return read(IdentityKeys.account(account), IdentityCodec::totals).orElse(AccountTotals.NONE);
    }

    /** The managed policy of an ARN: a built-in one, or one of an account. */
    public Optional<ManagedPolicy> managed(String arn) {
        Optional<ManagedPolicy> builtIn = BuiltInPolicies.find(arn);
        return builtIn.isPresent()
                ? builtIn
                : IamArn.ofPolicy(arn)
                        .flatMap(name -> policy(name.account(), name.name()))
                        .filter(policy -> policy.label().arn().equals(arn));
    }

    /** The group of an id that a user names. */
    public Optional<Group> groupOf(String account, String id) {
        return read(IdentityKeys.groupName(account, id), IdentityCodec::text).flatMap(name -> group(account, name));
    }

    private <T> Optional<T> read(RowKey key, Function<Bytes, T> decode) {
        return store.get(key, Consistency.STRONG).map(row -> decode.apply(row.value()));
    }

    // Lists.

    /**
     * A page of a list.
     *
     * @param next the name of the last row that was read, if there may be more behind it
     */
    public record Listed<T>(List<T> elements, Optional<String> next) {}

    public Listed<User> users(String account, Optional<String> after, int limit, Predicate<User> filter) {
        return list(Label.Kind.USER, account, after, limit, IdentityCodec::user, User::label, filter);
    }

    public Listed<Group> groups(String account, Optional<String> after, int limit, Predicate<Group> filter) {
        return list(Label.Kind.GROUP, account, after, limit, IdentityCodec::group, Group::label, filter);
    }

    public Listed<Role> roles(String account, Optional<String> after, int limit, Predicate<Role> filter) {
        return list(Label.Kind.ROLE, account, after, limit, IdentityCodec::role, Role::label, filter);
    }

    public Listed<ManagedPolicy> policies(
            String account, Optional<String> after, int limit, Predicate<ManagedPolicy> filter) {
        return list(Label.Kind.POLICY, account, after, limit, IdentityCodec::policy, ManagedPolicy::label, filter);
    }

    private <T> Listed<T> list(
            Label.Kind kind,
            String account,
            Optional<String> after,
            int limit,
            Function<Bytes, T> decode,
            Function<T, Label> label,
            Predicate<T> filter) {
        Range range = after.map(name -> IdentityKeys.after(kind, name)).orElseGet(() -> IdentityKeys.range(kind));
        return list(account, range, limit, decode, one -> label.apply(one).name(), filter);
    }

    /** The names of the users of a group. */
    public Listed<String> members(Group group, Optional<String> after, int limit) {
        String id = group.label().id();
        Range range =
                after.map(name -> IdentityKeys.membersAfter(id, name)).orElseGet(() -> IdentityKeys.memberRange(id));
        return list(group.label().account(), range, limit, IdentityCodec::text, name -> name, _ -> true);
    }

    private <T> Listed<T> list(
            String account,
            Range range,
            int limit,
            Function<Bytes, T> decode,
            Function<T, String> name,
            Predicate<T> filter) {
        var found = new ArrayList<T>();
        Range rest = range;
        int scanned = 0;
        Optional<String> last = Optional.empty();
        while (true) {
            // Rows beyond the limit are read to see whether there are any.
            var budget = new Budget(Math.min(limit - found.size() + 1, 1_000), PAGE_BYTES);
            Page page =
                    store.scan(IdentityKeys.partition(account), rest, Direction.FORWARD, budget, Consistency.STRONG);
            for (Row row : page.rows()) {
                T one = decode.apply(row.value());
                if (found.size() == limit || scanned == MOST_SCANNED) {
                    return new Listed<>(found, last);
                }
                scanned++;
                last = Optional.of(name.apply(one));
                if (filter.test(one)) {
                    found.add(one);
                }
                rest = new Range(row.key().sort().next(), rest.to());
            }
            if (page.exhausted()) {
                return new Listed<>(found, Optional.empty());
            }
        }
    }
}
