package io.gramme.security.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of one request that conditions and variables can name. It is asked only for keys that a policy names, so an
 * implementation can compute a value when it is asked; it must give the same answer each time.
 */
@FunctionalInterface
public interface ConditionContext {
    /** Of a request about which nothing is known. */
    ConditionContext EMPTY = _ -> Optional.empty();

    /**
     * The values of a key.
     *
     * @param key in lower case, with the name of the tag for a tag: {@code aws:principaltag/team}
     * @return empty if the request has no such key; an empty list if it has the key with no value
     */
    Optional<List<String>> values(String key);

    /** Of values that are known. The names may be in any case. */
    static ConditionContext of(Map<String, List<String>> values) {
        Map<String, List<String>> lower = new HashMap<>();
        values.forEach((key, list) -> lower.put(ConditionKeys.lower(key), List.copyOf(list)));
        return key -> Optional.ofNullable(lower.get(key));
    }
}
