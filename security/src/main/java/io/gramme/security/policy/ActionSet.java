package io.gramme.security.policy;

import java.util.List;

/**
 * The actions of a statement.
 *
 * @param excluded whether they are those that the statement does not speak of (NotAction)
 * @param names as they stand in the policy; they match without regard to case
 */
record ActionSet(boolean excluded, List<String> names, List<Glob> patterns) {
    ActionSet(boolean excluded, List<String> names) {
        this(
                excluded,
                List.copyOf(names),
                names.stream().map(name -> Glob.of(ConditionKeys.lower(name))).toList());
    }

    /** Whether the statement speaks of an action, given in lower case. */
    boolean covers(String action) {
        for (Glob pattern : patterns) {
            if (pattern.matches(action)) {
                return !excluded;
            }
        }
        return excluded;
    }
}
