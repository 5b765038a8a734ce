package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A policy, parsed and compiled. It is immutable.
 *
 * @param variables whether its version (2012-10-17) gives <code>${...}</code> a meaning
 */
public record Policy(PolicyKind kind, boolean variables, Optional<String> id, List<Statement> statements) {
    /** Characters; longer texts are refused before they are read. The limits of the services are smaller. */
    public static final int MAX_CHARACTERS = 131_072;

    /** More statements than fit in any policy that the services accept. */
    static final int MAX_STATEMENTS = 1_000;

    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
    private static final String VERSION_WITH_VARIABLES = "2012-10-17";
    private static final Set<String> VERSIONS = Set.of("2008-10-17", VERSION_WITH_VARIABLES);

    public Policy {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a policy.
     *
     * @throws InvalidPolicyException if it is not one of this kind
     */
    public static Policy parse(String text, PolicyKind kind) {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidPolicyException("A policy has at most " + MAX_CHARACTERS + " characters.");
        }
        StatementReader.requireCharacters(text);
        if (!(tree(text, kind) instanceof JsonTree.Members policy)
                || !MEMBERS.containsAll(policy.members().keySet())) {
            throw InvalidPolicyException.syntax();
        }
        Optional<String> version = policy.find("Version").map(StatementReader::text);
        if (version.isPresent() && !VERSIONS.contains(version.get())) {
            throw new InvalidPolicyException("Policy document must be version 2012-10-17 or greater.");
        }
        Optional<String> id = policy.find("Id").map(StatementReader::text);
        boolean variables = version.equals(Optional.of(VERSION_WITH_VARIABLES));
        return new Policy(kind, variables, id, statements(policy, new StatementReader(kind, variables)));
    }

    /** In policies that name principals, text that is not JSON is told apart from a wrong grammar (captured). */
    private static JsonTree tree(String text, PolicyKind kind) {
        try {
            return JsonTree.parse(text);
        } catch (InvalidPolicyException invalid) {
            throw kind.hasPrincipals() ? new InvalidPolicyException("This policy contains invalid Json") : invalid;
        }
    }

    private static List<Statement> statements(JsonTree.Members policy, StatementReader reader) {
        List<JsonTree> trees =
                StatementReader.list(policy.find("Statement").orElseThrow(InvalidPolicyException::syntax));
        boolean ofTable = reader.kind() == PolicyKind.RESOURCE;
        if (trees.isEmpty() && ofTable) {
            throw new InvalidPolicyException("Could not parse the policy: Statement is empty!");
        }
        if (trees.isEmpty() || trees.size() > MAX_STATEMENTS) {
            throw InvalidPolicyException.syntax();
        }
        List<Statement> statements = new ArrayList<>(trees.size());
        Set<String> sids = new HashSet<>();
        for (JsonTree tree : trees) {
            Statement statement = reader.read(statements.size(), tree);
            if (statement.sid().filter(sid -> !sid.isEmpty() && !sids.add(sid)).isPresent()) {
                throw new InvalidPolicyException(
                        ofTable
                                ? "The Statement Ids in the policy are not unique"
                                : "Statement IDs (SID) in a single policy must be unique.");
            }
            statements.add(statement);
        }
        return statements;
    }

    /**
     * A policy that denies everything. It stands for a stored policy that cannot be read: to leave it out could grant
     * what it denies.
     */
    public static Policy denyingEverything(PolicyKind kind) {
        var deny = new Statement(
                0,
                Optional.of("Unreadable"),
                Effect.DENY,
                new ActionSet(false, List.of("*")),
                ResourceSet.ALL,
                PrincipalSet.OWNER,
                List.of());
        return new Policy(kind, false, Optional.empty(), List.of(deny));
    }

    /** A policy that grants nothing. As a boundary it stands for one whose policy was deleted. */
    public static Policy grantingNothing(PolicyKind kind) {
        return new Policy(kind, false, Optional.empty(), List.of());
    }

    /** The characters of a text that count towards the limits of IAM: all but white space. */
    public static int countedCharacters(String text) {
        return Math.toIntExact(text.chars()
                .filter(c -> c != ' ' && c != '\t' && c != '\n' && c != '\r')
                .count());
    }
}
