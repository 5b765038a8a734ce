package io.gramme.security.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policies of a user, group or role.
 *
 * @param inline texts by the names of the policies
 * @param attached ARNs of managed policies, in the order of their attachment
 * @param boundary the ARN of the policy that bounds what the others allow; groups have none
 */
public record Grants(Map<String, String> inline, List<String> attached, Optional<String> boundary) {
    public static final Grants NONE = new Grants(Map.of(), List.of(), Optional.empty());

    public Grants {
        inline = Collections.unmodifiableMap(new TreeMap<>(inline));
        attached = List.copyOf(attached);
    }

    public Grants withInline(String name, String text) {
        var changed = new TreeMap<>(inline);
        changed.put(name, text);
        return new Grants(changed, attached, boundary);
    }

    public Grants withoutInline(String name) {
        var changed = new TreeMap<>(inline);
        changed.remove(name);
        return new Grants(changed, attached, boundary);
    }

    public Grants withAttached(String arn) {
        var changed = new ArrayList<>(attached);
        changed.add(arn);
        return new Grants(inline, changed, boundary);
    }

    public Grants withoutAttached(String arn) {
        return new Grants(
                inline, attached.stream().filter(one -> !one.equals(arn)).toList(), boundary);
    }

    public Grants withBoundary(Optional<String> arn) {
        return new Grants(inline, attached, arn);
    }
}
