package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads statements from their JSON. The sentences are those of IAM; of the same faults of a resource policy DynamoDB's
 * own where they have been captured.
 */
final class StatementReader {
    private static final Set<String> MEMBERS = Set.of(
            "Sid",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition");

    private static final Set<String> PRINCIPAL_KINDS = Set.of("AWS", "Service", "Federated", "CanonicalUser");
    private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");
    private static final Pattern VENDOR = Pattern.compile("[0-9A-Za-z-]+|\\*");
    private static final Pattern TRUST_ACTION = Pattern.compile("sts:.+", Pattern.CASE_INSENSITIVE);

    private final PolicyKind kind;
    private final boolean variables;

    StatementReader(PolicyKind kind, boolean variables) {
        this.kind = kind;
        this.variables = variables;
    }

    PolicyKind kind() {
        return kind;
    }

    /** Tab, line feed, carriage return, and the characters from space to ÿ. */
    static void requireCharacters(String text) {
        if (!text.chars().allMatch(c -> c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c <= 0xff))) {
            throw InvalidPolicyException.syntax();
        }
    }

    static String text(JsonTree tree) {
        if (!(tree instanceof JsonTree.Text(String text))) {
            throw InvalidPolicyException.syntax();
        }
        requireCharacters(text); // It may have come in by an escape.
        return text;
    }

    /** The elements of an array; or the value, which stands for an array of it. */
    static List<JsonTree> list(JsonTree tree) {
        return tree instanceof JsonTree.Array(List<JsonTree> elements) ? elements : List.of(tree);
    }

    private static List<String> texts(JsonTree tree) {
        return list(tree).stream().map(StatementReader::text).toList();
    }

    Statement read(int index, JsonTree tree) {
        if (!(tree instanceof JsonTree.Members statement)
                || !MEMBERS.containsAll(statement.members().keySet())) {
            throw InvalidPolicyException.syntax();
        }
        Effect effect = effect(statement);
        return new Statement(
                index,
                sid(statement),
                effect,
                actions(statement),
                resources(statement),
                principals(statement, effect),
                conditions(statement));
    }

    private Optional<String> sid(JsonTree.Members statement) {
        Optional<String> sid = statement.find("Sid").map(StatementReader::text);
        if (kind != PolicyKind.RESOURCE
                && sid.filter(text -> !SID.matcher(text).matches()).isPresent()) {
            throw new InvalidPolicyException("Statement IDs (SID) must be alpha-numeric."
                    + " Check that your input satisfies the regular expression [0-9A-Za-z]*");
        }
        return sid;
    }

    private static Effect effect(JsonTree.Members statement) {
        String text = text(statement.find("Effect").orElseThrow(() -> missing("Effect")));
        for (Effect effect : Effect.values()) {
            if (effect.text().equals(text)) {
                return effect;
            }
        }
        throw new InvalidPolicyException("Invalid effect: " + text);
    }

    private static InvalidPolicyException missing(String field) {
        return new InvalidPolicyException("Missing required field " + field);
    }

    private static InvalidPolicyException prohibited(String field) {
        return new InvalidPolicyException("Has prohibited field " + field);
    }

    /** One of two elements that exclude each other. */
    private record Choice(boolean negated, JsonTree value) {
        static Optional<Choice> find(JsonTree.Members statement, String name) {
            Optional<Choice> plain = statement.find(name).map(value -> new Choice(false, value));
            Optional<Choice> negated = statement.find("Not" + name).map(value -> new Choice(true, value));
            if (plain.isPresent() && negated.isPresent()) {
                throw InvalidPolicyException.syntax();
            }
            return plain.or(() -> negated);
        }
    }

    private ActionSet actions(JsonTree.Members statement) {
        Choice choice = Choice.find(statement, "Action")
                .orElseThrow(() -> new InvalidPolicyException("Policy statement must contain actions."));
        List<String> names = texts(choice.value);
        if (names.isEmpty()) {
            throw new InvalidPolicyException("Policy statement must contain actions.");
        }
        names.forEach(StatementReader::requireAction);
        if (kind == PolicyKind.TRUST
                && !names.stream().allMatch(name -> TRUST_ACTION.matcher(name).matches())) {
            throw new InvalidPolicyException("AssumeRole policy may only specify STS AssumeRole actions.");
        }
        return new ActionSet(choice.negated, names);
    }

    private static void requireAction(String name) {
        if (name.equals("*")) {
            return;
        }
        int colon = name.indexOf(':');
        if (colon < 0 || colon == name.length() - 1) {
            throw new InvalidPolicyException(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        if (name.indexOf(':', colon + 1) >= 0) {
            throw new InvalidPolicyException("Actions/Condition can contain only one colon.");
        }
        if (!VENDOR.matcher(name.substring(0, colon)).matches()) {
            throw new InvalidPolicyException("Vendor " + name.substring(0, colon) + " is not valid");
        }
        Template.parse(name, new Template.Syntax(true, false)); // Bounds the wildcards.
    }

    private ResourceSet resources(JsonTree.Members statement) {
        Optional<Choice> choice = Choice.find(statement, "Resource");
        if (kind == PolicyKind.TRUST) {
            if (choice.isPresent()) {
                throw prohibited(choice.get().negated ? "NotResource" : "Resource");
            }
            return ResourceSet.ALL;
        }
        List<String> texts = choice.map(found -> texts(found.value)).orElse(List.of());
        if (choice.isEmpty() || texts.isEmpty()) {
            throw kind == PolicyKind.RESOURCE
                    ? missing("Resource")
                    : new InvalidPolicyException("Policy statement must contain resources.");
        }
        return new ResourceSet(choice.get().negated, texts, variables);
    }

    private PrincipalSet principals(JsonTree.Members statement, Effect effect) {
        Optional<Choice> choice = Choice.find(statement, "Principal");
        if (!kind.hasPrincipals()) {
            if (choice.isPresent()) {
                throw new InvalidPolicyException("Policy document should not specify a principal.");
            }
            return PrincipalSet.OWNER;
        }
        Choice found = choice.orElseThrow(() -> missing("Principal"));
        if (found.negated && (kind == PolicyKind.TRUST || effect == Effect.ALLOW)) {
            throw prohibited("NotPrincipal");
        }
        return new PrincipalSet(found.negated, principals(found.value));
    }

    private static Map<String, List<String>> principals(JsonTree tree) {
        if (tree instanceof JsonTree.Text(String text) && text.equals("*")) {
            return Map.of(PrincipalSet.AWS, List.of("*"));
        }
        if (!(tree instanceof JsonTree.Members(Map<String, JsonTree> members))
                || members.isEmpty()
                || !PRINCIPAL_KINDS.containsAll(members.keySet())) {
            throw InvalidPolicyException.syntax();
        }
        Map<String, List<String>> principals = new LinkedHashMap<>();
        members.forEach((name, value) -> principals.put(name, texts(value)));
        if (principals.values().stream().anyMatch(List::isEmpty)) {
            throw InvalidPolicyException.syntax();
        }
        principals.forEach((name, texts) -> texts.forEach(text -> requirePrincipal(name, text)));
        return principals;
    }

    private static void requirePrincipal(String name, String text) {
        boolean valid =
                name.equals(PrincipalSet.AWS) ? PrincipalSet.isValid(text) : !text.isEmpty() && text.indexOf('*') < 0;
        if (!valid) {
            throw new InvalidPolicyException("Invalid principal in policy: \"" + name + "\":\"" + text + "\"");
        }
    }

    private List<Condition> conditions(JsonTree.Members statement) {
        Optional<JsonTree> block = statement.find("Condition");
        if (block.isEmpty()) {
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        members(block.get())
                .forEach((operator, keys) ->
                        members(keys).forEach((key, values) -> conditions.add(condition(operator, key, values))));
        return conditions;
    }

    private static Map<String, JsonTree> members(JsonTree tree) {
        if (!(tree instanceof JsonTree.Members(Map<String, JsonTree> members))) {
            throw InvalidPolicyException.syntax();
        }
        return members;
    }

    private Condition condition(String operator, String key, JsonTree values) {
        requireCharacters(key);
        List<String> texts = list(values).stream()
                .map(value -> value instanceof JsonTree.Bare(String text) ? text : text(value))
                .toList();
        return Condition.parse(operator, key, texts, variables);
    }
}
