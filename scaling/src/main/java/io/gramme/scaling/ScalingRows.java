package io.gramme.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.table.AccountRegion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The stored targets, policies and scheduled actions of all accounts and regions: rows of tablespace 0, in a partition of
 * each account and region, in the order of their resource ids.
 */
final class ScalingRows {
    /** Row kinds that nothing else in tablespace 0 uses. */
    private static final Bytes TARGET = Bytes.of(0x38);

    private static final Bytes POLICY = Bytes.of(0x39);
    private static final Bytes ACTION = Bytes.of(0x3a);

    private static final Bytes SEPARATOR = Bytes.of(0);

    private final RowStore store;

    ScalingRows(RowStore store) {
        this.store = store;
    }

    // Targets.

    Optional<ScalableTarget> target(TargetId id) {
        return store.get(row(TARGET, id), Consistency.STRONG).map(ScalingRows::target);
    }

    /** The targets of an account and region, in the order of their resource ids. */
    List<ScalableTarget> targets(AccountRegion owner) {
        return of(owner, TARGET, ScalingRows::target);
    }

    List<ScalableTarget> allTargets() {
        var found = new ArrayList<ScalableTarget>();
        AllRows.sweep(store, whole(TARGET), row -> found.add(target(row)));
        return found;
    }

    /** Replaces or makes a target; returns what is stored then. {@code edit} is pure and may run again. */
    ScalableTarget put(TargetId id, Function<Optional<ScalableTarget>, ScalableTarget> edit) {
        RowKey key = row(TARGET, id);
        return store.transact(Set.of(key), current -> {
            ScalableTarget after = edit.apply(Transition.row(current, key).map(ScalingRows::target));
            return new Outcome<>(List.of(new Write.Put(key, ScalingCodec.encode(after))), after);
        });
    }

    /** Changes a target that still exists, and is still the same registration. */
    Optional<ScalableTarget> change(ScalableTarget target, UnaryOperator<ScalableTarget> edit) {
        RowKey key = row(TARGET, target.id());
        return store.transact(Set.of(key), current -> {
            Optional<ScalableTarget> before = Transition.row(current, key)
                    .map(ScalingRows::target)
                    .filter(found -> found.uid().equals(target.uid()));
            Optional<ScalableTarget> after = before.map(edit);
            return after.equals(before)
                    ? Outcome.unchanged(after)
                    : new Outcome<>(List.of(new Write.Put(key, ScalingCodec.encode(after.orElseThrow()))), after);
        });
    }

    /** Deletes a target with its policy and its scheduled actions; returns whether there was one. */
    boolean deleteTarget(TargetId id) {
        RowKey target = row(TARGET, id);
        RowKey policy = row(POLICY, id);
        var keys = new HashSet<>(Set.of(target, policy));
        actions(id).forEach(action -> keys.add(row(action)));
        return store.transact(keys, current -> {
            boolean found = Transition.row(current, target).isPresent();
            List<Write> writes = keys.stream()
                    .filter(key -> Transition.row(current, key).isPresent())
                    .map(key -> (Write) new Write.Delete(key))
                    .toList();
            return found ? new Outcome<>(writes, true) : Outcome.unchanged(false);
        });
    }

    // Policies.

    Optional<ScalingPolicy> policy(TargetId id) {
        return store.get(row(POLICY, id), Consistency.STRONG).map(ScalingRows::policy);
    }

    List<ScalingPolicy> policies(AccountRegion owner) {
        return of(owner, POLICY, ScalingRows::policy);
    }

    List<ScalingPolicy> allPolicies() {
        var found = new ArrayList<ScalingPolicy>();
        AllRows.sweep(store, whole(POLICY), row -> found.add(policy(row)));
        return found;
    }

    /**
     * Replaces or makes the policy of a target that exists; returns what is stored then.
     *
     * @param edit pure, because it may run again; receives whether there is a target, and its policy
     */
    ScalingPolicy putPolicy(TargetId id, OfTarget<ScalingPolicy> edit) {
        RowKey target = row(TARGET, id);
        RowKey key = row(POLICY, id);
        return store.transact(Set.of(target, key), current -> {
            ScalingPolicy after = edit.apply(
                    Transition.row(current, target).isPresent(),
                    Transition.row(current, key).map(ScalingRows::policy));
            return new Outcome<>(List.of(new Write.Put(key, ScalingCodec.encode(after))), after);
        });
    }

    void changePolicy(ScalingPolicy policy, UnaryOperator<ScalingPolicy> edit) {
        RowKey key = row(POLICY, policy.id());
        var _ = store.transact(
                Set.of(key),
                current -> Transition.row(current, key)
                        .map(ScalingRows::policy)
                        .filter(found -> found.uid().equals(policy.uid()))
                        .map(found -> new Outcome<>(
                                List.of(new Write.Put(key, ScalingCodec.encode(edit.apply(found)))), true))
                        .orElseGet(() -> Outcome.unchanged(false)));
    }

    boolean deletePolicy(TargetId id, String name) {
        RowKey key = row(POLICY, id);
        return store.transact(
                Set.of(key),
                current -> Transition.row(current, key)
                        .filter(row -> policy(row).name().equals(name))
                        .map(_ -> new Outcome<>(List.of(new Write.Delete(key)), true))
                        .orElseGet(() -> Outcome.unchanged(false)));
    }

    // Scheduled actions.

    List<ScheduledAction> actions(TargetId id) {
        var found = new ArrayList<ScheduledAction>();
        Range range = Range.startingWith(row(ACTION, id).sort().plus(SEPARATOR));
        AllRows.scan(store, partition(id.owner()), range, row -> found.add(action(row)));
        return found;
    }

    List<ScheduledAction> actions(AccountRegion owner) {
        return of(owner, ACTION, ScalingRows::action);
    }

    List<ScheduledAction> allActions() {
        var found = new ArrayList<ScheduledAction>();
        AllRows.sweep(store, whole(ACTION), row -> found.add(action(row)));
        return found;
    }

    /** The same as {@link #putPolicy} for a scheduled action of a name. */
    void putAction(TargetId id, String name, OfTarget<ScheduledAction> edit) {
        RowKey target = row(TARGET, id);
        RowKey key = row(id, name);
        var _ = store.transact(Set.of(target, key), current -> {
            ScheduledAction after = edit.apply(
                    Transition.row(current, target).isPresent(),
                    Transition.row(current, key).map(ScalingRows::action));
            return new Outcome<>(List.of(new Write.Put(key, ScalingCodec.encode(after))), true);
        });
    }

    /** Replaces an action, unless it was changed or deleted since it was read; returns whether it did. */
    boolean replace(ScheduledAction before, ScheduledAction after) {
        RowKey key = row(before);
        return store.transact(
                Set.of(key),
                current -> Transition.row(current, key)
                        .filter(row -> action(row).equals(before))
                        .map(_ -> new Outcome<>(List.of(new Write.Put(key, ScalingCodec.encode(after))), true))
                        .orElseGet(() -> Outcome.unchanged(false)));
    }

    boolean deleteAction(TargetId id, String name) {
        RowKey key = row(id, name);
        return store.transact(
                Set.of(key),
                current -> Transition.row(current, key).isPresent()
                        ? new Outcome<>(List.of(new Write.Delete(key)), true)
                        : Outcome.unchanged(false));
    }

    // Keys.

    /** The edit of something that belongs to a target. */
    @FunctionalInterface
    interface OfTarget<T> {
        T apply(boolean isRegistered, Optional<T> before);
    }

    private <T> List<T> of(AccountRegion owner, Bytes kind, Function<Row, T> decode) {
        var found = new ArrayList<T>();
        AllRows.scan(store, partition(owner), Range.startingWith(kind), row -> found.add(decode.apply(row)));
        return found;
    }

    private static HashRange whole(Bytes kind) {
        return HashRange.whole(TablespaceId.CATALOG, kind.at(0));
    }

    private static RowKey row(Bytes kind, TargetId id) {
        return new RowKey(partition(id.owner()), kind.plus(place(id)));
    }

    private static RowKey row(ScheduledAction action) {
        return row(action.id(), action.name());
    }

    private static RowKey row(TargetId id, String name) {
        return new RowKey(
                partition(id.owner()), ACTION.plus(place(id)).plus(SEPARATOR).plus(Bytes.utf8(name)));
    }

    /** No byte of a resource id is 0. */
    private static Bytes place(TargetId id) {
        return Bytes.utf8(id.resourceId()).plus(SEPARATOR).plus(Bytes.of(1 + id.unitCode()));
    }

    /** Where everything of an account and region is. */
    static PartitionKey partition(AccountRegion owner) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("scaling " + owner.account() + "/" + owner.region()));
    }

    private static ScalableTarget target(Row row) {
        return ScalingCodec.target(row.value());
    }

    private static ScalingPolicy policy(Row row) {
        return ScalingCodec.policy(row.value());
    }

    private static ScheduledAction action(Row row) {
        return ScalingCodec.action(row.value());
    }
}
