package io.gramme.security.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One statement of a policy, compiled. */
public final class Statement {
    private final int index;
    private final Optional<String> sid;
    private final Effect effect;
    private final ActionSet actions;
    private final ResourceSet resources;
    private final PrincipalSet principals;
    private final List<Condition> conditions;

    Statement(
            int index,
            Optional<String> sid,
            Effect effect,
            ActionSet actions,
            ResourceSet resources,
            PrincipalSet principals,
            List<Condition> conditions) {
        this.index = index;
        this.sid = sid;
        this.effect = effect;
        this.actions = actions;
        this.resources = resources;
        this.principals = principals;
        this.conditions = List.copyOf(conditions);
    }

    /** Its place in the policy, from 0. */
    public int index() {
        return index;
    }

    public Optional<String> sid() {
        return sid;
    }

    public Effect effect() {
        return effect;
    }

    /** The names of actions, as they stand in the policy; of NotAction too. */
    public List<String> actionNames() {
        return actions.names();
    }

    ActionSet actions() {
        return actions;
    }

    ResourceSet resources() {
        return resources;
    }

    PrincipalSet principals() {
        return principals;
    }

    List<Condition> conditions() {
        return conditions;
    }

    /**
     * Whether it cannot grant an action because of a key that requests of this action do not have. A search of vectors
     * has none of the keys that are computed from requests, and the guide says that a condition on one of them does not
     * match there, also where an absent key would satisfy it.
     *
     * @param action in lower case
     */
    boolean isBarred(String action) {
        return effect == Effect.ALLOW
                && action.equals("dynamodb:searchvectors")
                && conditions.stream().anyMatch(condition -> ConditionKeys.isOfRequests(condition.key()));
    }

    /** Whether it has a condition about what the request does with items. */
    boolean dependsOnItems() {
        return conditions.stream().anyMatch(condition -> ConditionKeys.isOfRequests(condition.key()));
    }

    /** Whether all its conditions hold. */
    boolean conditionsHold(ConditionContext context) {
        for (Condition condition : conditions) {
            if (!condition.holds(context)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What it grants to a principal that it names, in its own account. A policy that names everyone and picks them by
     * {@code aws:PrincipalArn} grants like one that names each of them, as the guide says.
     */
    Grant grant(PrincipalMatch match) {
        return switch (match) {
            case NONE -> Grant.NONE;
            case ACCOUNT -> Grant.DELEGATED;
            case ROLE, EVERYONE -> picksPrincipals() ? Grant.DIRECT : Grant.BOUNDED;
            case ITSELF -> Grant.DIRECT;
        };
    }

    private boolean picksPrincipals() {
        return !principals.excluded()
                && principals.hasEveryone()
                && conditions.stream()
                        .anyMatch(condition -> condition.key().equals("aws:principalarn")
                                && !condition.operator().isNegated()
                                && condition.operator() != Operator.NULL);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Statement statement && index == statement.index && text().equals(statement.text());
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, effect);
    }

    private String text() {
        return sid + " " + effect + actions.names() + resources.texts() + principals
                + conditions.stream()
                        .map(condition -> condition.operatorText() + condition.key() + condition.values())
                        .toList();
    }

    /** Its name for a reader: its Sid, or its place from 1. */
    @Override
    public String toString() {
        return sid.filter(name -> !name.isEmpty()).orElseGet(() -> "statement " + (index + 1));
    }
}
