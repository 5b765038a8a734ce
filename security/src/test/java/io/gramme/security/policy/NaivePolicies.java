package io.gramme.security.policy;

import static java.util.Objects.requireNonNull;

import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Principal.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides the slow and plain way, from the tables: it walks the JSON again for each request. It shares no code with the
 * engine, so that both have the same fault only if both authors made it.
 */
@SuppressWarnings("unchecked")
final class NaivePolicies {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},]*)(?:,\\s*'([^']*)')?}");
    private static final String ARN = "arn:aws:iam::";

    private final Map<PolicyKind, List<Map<String, Object>>> policies;
    private final AccessRequest request;
    private final Map<String, List<String>> context;

    NaivePolicies(
            Map<PolicyKind, List<Map<String, Object>>> policies,
            AccessRequest request,
            Map<String, List<String>> context) {
        this.policies = policies;
        this.request = request;
        this.context = context;
    }

    /** The name of the cause. */
    String decide() {
        Principal who = request.principal();
        boolean root = who.kind() == Kind.ROOT;
        boolean home = who.account().equals(request.owner());
        boolean session = !of(PolicyKind.SESSION).isEmpty();
        if (root && home && !session && request.action().equals("dynamodb:DeleteResourcePolicy")) {
            return "ROOT";
        }
        for (PolicyKind kind :
                List.of(PolicyKind.RESOURCE, PolicyKind.IDENTITY, PolicyKind.BOUNDARY, PolicyKind.SESSION)) {
            if (count(kind, "Deny", _ -> true) > 0) {
                return kind + "_DENIES";
            }
        }
        boolean identity = count(PolicyKind.IDENTITY, "Allow", _ -> true) > 0;
        boolean direct = count(PolicyKind.RESOURCE, "Allow", s -> grants(s, who) == 3) > 0;
        boolean bounded = count(PolicyKind.RESOURCE, "Allow", s -> grants(s, who) == 2) > 0;
        boolean any = count(PolicyKind.RESOURCE, "Allow", _ -> true) > 0;
        boolean outOfBoundary =
                !root && !of(PolicyKind.BOUNDARY).isEmpty() && count(PolicyKind.BOUNDARY, "Allow", _ -> true) == 0;
        boolean outOfSession = session && count(PolicyKind.SESSION, "Allow", _ -> true) == 0;
        String own = outOfBoundary ? "NO_BOUNDARY" : outOfSession ? "NO_SESSION" : "";
        if (home) {
            if (own.isEmpty() && (root || identity)) {
                return root ? "ROOT" : "IDENTITY_ALLOWS";
            }
            if (direct || (bounded && own.isEmpty())) {
                return "RESOURCE_ALLOWS";
            }
            return own.isEmpty() ? "NO_IDENTITY" : own;
        }
        if (!own.isEmpty()) {
            return own;
        }
        if (!root && !identity) {
            return "NO_IDENTITY";
        }
        return any ? "RESOURCE_ALLOWS" : "NO_RESOURCE";
    }

    private long count(PolicyKind kind, String effect, Predicate<Map<String, Object>> also) {
        long count = 0;
        for (Map<String, Object> policy : of(kind)) {
            boolean variables = "2012-10-17".equals(policy.get("Version"));
            for (Object statement : (List<Object>) member(policy, "Statement")) {
                var map = (Map<String, Object>) statement;
                if (member(map, "Effect").equals(effect) && applies(map, variables) && also.test(map)) {
                    count++;
                }
            }
        }
        return count;
    }

    private List<Map<String, Object>> of(PolicyKind kind) {
        return requireNonNull(policies.get(kind));
    }

    private static Object member(Map<String, Object> map, String name) {
        return requireNonNull(map.get(name));
    }

    private boolean applies(Map<String, Object> statement, boolean variables) {
        return action(statement)
                && resource(statement, variables)
                && principal(statement)
                && conditions(statement, variables);
    }

    private boolean action(Map<String, Object> statement) {
        boolean not = statement.containsKey("NotAction");
        boolean any = ((List<String>) member(statement, not ? "NotAction" : "Action"))
                .stream().anyMatch(p -> like(lower(p), lower(request.action())));
        return any != not;
    }

    private boolean resource(Map<String, Object> statement, boolean variables) {
        boolean not = statement.containsKey("NotResource");
        boolean unknown = false;
        for (String pattern : (List<String>) member(statement, not ? "NotResource" : "Resource")) {
            List<String> parts = new ArrayList<>(Arrays.asList(pattern.split(":", 6)));
            String last = resolve(parts.removeLast(), variables, true);
            if (last == null) {
                unknown = true;
            } else if (request.resource().matches(beginning(parts) + last)) {
                return !not;
            }
        }
        return not && !(unknown && member(statement, "Effect").equals("Allow"));
    }

    /** The parts before the last: a star at the end of one crosses colons. */
    private static String beginning(List<String> parts) {
        var text = new StringBuilder();
        for (String part : parts) {
            boolean open = part.endsWith("*");
            String inner = open ? part.substring(0, part.length() - 1) : part;
            text.append(regex(inner, true).replace(".", "[^:]"));
            text.append(open ? ".*:" : ":");
        }
        return text.toString();
    }

    /** As a regular expression, in which the values of variables are quoted; null if one has none. */
    private @Nullable String resolve(String pattern, boolean variables, boolean wildcards) {
        var text = new StringBuilder();
        int at = 0;
        Matcher found = VARIABLE.matcher(pattern);
        while (variables && found.find()) {
            text.append(regex(pattern.substring(at, found.start()), wildcards));
            String value = value(found.group(1), found.group(2));
            if (value == null) {
                return null;
            }
            text.append(regex(value, false));
            at = found.end();
        }
        return text.append(regex(pattern.substring(at), wildcards)).toString();
    }

    private @Nullable String value(String name, @Nullable String fallback) {
        if (name.equals("*") || name.equals("?") || name.equals("$")) {
            return name;
        }
        List<String> values = context.get(lower(name));
        return values != null && values.size() == 1 && !lower(name).equals("dynamodb:leadingkeys")
                ? values.getFirst()
                : fallback;
    }

    private static String regex(String pattern, boolean wildcards) {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (wildcards && (c == '*' || c == '?')) {
                text.append(c == '*' ? ".*" : ".");
            } else {
                text.append(Character.isLetterOrDigit(c) || c == ':' ? "" : "\\")
                        .append(c);
            }
        }
        return text.toString();
    }

    private static boolean like(String pattern, String text) {
        return Pattern.compile(regex(pattern, true), Pattern.DOTALL)
                .matcher(text)
                .matches();
    }

    /** @param regex of the whole pattern, in which a colon is a colon of the pattern or of a value */
    private static boolean arn(String regex, String text) {
        List<String> parts = Arrays.asList(regex.split(":", 6));
        List<String> values = Arrays.asList(text.split(":", 6));
        return parts.size() == 6 && values.size() == 6 && matches(parts, values);
    }

    private static boolean matches(List<String> parts, List<String> values) {
        for (int i = 0; i < parts.size(); i++) {
            if (!values.get(i).matches(parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Of the list of a statement: what it says of a principal, from 0 for nothing to 4 for its own ARN. */
    private static int closeness(List<String> named, Principal who) {
        int best = 0;
        for (String name : named) {
            boolean account = name.equals(who.account()) || name.equals(ARN + who.account() + ":root");
            boolean role = who.kind() == Kind.ROLE && name.matches(ARN + who.account() + ":role/Reader");
            int rank = name.equals(who.arn()) || (account && who.kind() == Kind.ROOT)
                    ? 4
                    : role ? 3 : name.equals("*") ? 2 : account ? 1 : 0;
            best = Math.max(best, rank);
        }
        return best;
    }

    private static List<String> named(Object element) {
        return element.equals("*") ? List.of("*") : (List<String>) member((Map<String, Object>) element, "AWS");
    }

    private boolean principal(Map<String, Object> statement) {
        Principal who = request.principal();
        if (statement.containsKey("Principal")) {
            return closeness(named(member(statement, "Principal")), who) > 0;
        }
        if (!statement.containsKey("NotPrincipal")) {
            return true;
        }
        List<String> named = named(member(statement, "NotPrincipal"));
        List<String> accounts = named.stream()
                .filter(name -> closeness(List.of(name), who) == 1
                        || (closeness(List.of(name), who) == 4 && who.kind() == Kind.ROOT))
                .toList();
        boolean itself = closeness(named, who) >= 3;
        boolean spared = named.contains("*") || (!accounts.isEmpty() && itself);
        return !spared || !of(PolicyKind.BOUNDARY).isEmpty();
    }

    /** 1: the account may, 2: within boundary and session, 3: freely. */
    private static int grants(Map<String, Object> statement, Principal who) {
        List<String> named = named(member(statement, "Principal"));
        var conditions = (Map<String, Object>) statement.getOrDefault("Condition", Map.of());
        boolean picks = named.contains("*")
                && conditions.keySet().stream().anyMatch(name -> name.startsWith("Arn") && !name.contains("Not"));
        int closeness = closeness(named, who);
        return closeness == 4 ? 3 : closeness == 1 ? 1 : picks ? 3 : 2;
    }

    private boolean conditions(Map<String, Object> statement, boolean variables) {
        var conditions = (Map<String, Object>) statement.getOrDefault("Condition", Map.of());
        return conditions.entrySet().stream()
                .allMatch(operator -> ((Map<String, Object>) operator.getValue())
                        .entrySet().stream()
                                .allMatch(key -> condition(
                                        operator.getKey(),
                                        lower(key.getKey()),
                                        (List<String>) key.getValue(),
                                        variables)));
    }

    private boolean condition(String operator, String key, List<String> expected, boolean variables) {
        List<String> found = context.get(key);
        if (operator.equals("Null")) {
            return expected.contains(String.valueOf(found == null || found.isEmpty()));
        }
        if (found == null && operator.endsWith("IfExists")) {
            return true;
        }
        boolean negated = operator.contains("Not");
        if (found == null || found.isEmpty()) {
            return operator.startsWith("ForAllValues:") || (!operator.startsWith("ForAnyValue:") && negated);
        }
        List<Boolean> each = new ArrayList<>();
        for (String value : found) {
            boolean some = expected.stream().anyMatch(text -> compare(operator, text, value, variables));
            each.add(some != negated);
        }
        if (operator.startsWith("ForAllValues:")) {
            return !each.contains(false);
        }
        if (operator.startsWith("ForAnyValue:")) {
            return each.contains(true);
        }
        return !key.equals("dynamodb:leadingkeys") && each.getFirst();
    }

    private boolean compare(String operator, String expected, String value, boolean variables) {
        if (operator.contains("Numeric")) {
            return numbers(operator, expected, value);
        }
        boolean wildcards = operator.contains("Like") || operator.startsWith("Arn");
        String regex = resolve(expected, variables, wildcards);
        if (regex == null) {
            return false;
        }
        if (operator.startsWith("Arn")) {
            return arn(regex, value);
        }
        int flags = operator.contains("IgnoreCase") ? Pattern.CASE_INSENSITIVE | Pattern.DOTALL : Pattern.DOTALL;
        return Pattern.compile(regex, flags).matcher(value).matches();
    }

    private static boolean numbers(String operator, String expected, String value) {
        if (!value.matches("-?[0-9.]+")) {
            return false;
        }
        int order = new BigDecimal(value).compareTo(new BigDecimal(expected));
        boolean equals = operator.contains("Equals");
        return operator.contains("Less")
                ? order < 0 || (equals && order == 0)
                : operator.contains("Greater") ? order > 0 || (equals && order == 0) : order == 0;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
