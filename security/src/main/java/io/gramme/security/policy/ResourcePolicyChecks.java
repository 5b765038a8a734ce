package io.gramme.security.policy;

import io.gramme.core.identity.Principal;
import io.gramme.security.policy.Condition.Qualifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What DynamoDB checks of a resource policy before it is stored, beyond its grammar. */
public final class ResourcePolicyChecks {
    /** Bytes; white space counts. */
    public static final int MAX_BYTES = 20 * 1024;

    /** What a resource policy is attached to. */
    public enum Target {
        TABLE,
        STREAM;

        private boolean allows(DynamoDbActions.Action action) {
            return this == TABLE ? action.inTablePolicy() : action.inStreamPolicy();
        }
    }

    /** Keys that tell from whom a request comes, so that one value of them is a bounded group of callers. */
    private static final Set<String> PINS = Set.of(
            "aws:principalaccount",
            "aws:principalarn",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:userid",
            "aws:principalservicename",
            "aws:principalservicenameslist",
            "aws:ec2instancesourcevpc",
            "aws:sourceorgid",
            "aws:sourceorgpaths");

    private static final String IS_SERVICE = "aws:principalisawsservice";

    private static final Set<Operator> PINNING = Set.of(
            Operator.STRING_EQUALS,
            Operator.STRING_EQUALS_IGNORE_CASE,
            Operator.STRING_LIKE,
            Operator.ARN_EQUALS,
            Operator.ARN_LIKE);

    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.amazonaws\\.com(?:\\.cn)?");

    private ResourcePolicyChecks() {}

    /**
     * Reads the policy of a table or a stream, and checks its size, actions and service principals.
     *
     * @throws InvalidPolicyException if one of them is wrong
     */
    public static Policy parse(String text, Target target) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidPolicyException("Policy size must not exceed 20 KB."); // Not captured.
        }
        Policy policy = Policy.parse(text, PolicyKind.RESOURCE);
        requireActions(policy, target);
        boolean service = policy.statements().stream()
                .flatMap(statement -> statement.principals().of(PrincipalSet.SERVICE).stream())
                .anyMatch(name -> !SERVICE.matcher(name).matches());
        if (service) {
            throw new InvalidPolicyException("Policy contains invalid service principal");
        }
        return policy;
    }

    private static void requireActions(Policy policy, Target target) {
        List<String> invalid = policy.statements().stream()
                .flatMap(statement -> statement.actionNames().stream())
                .distinct()
                .filter(name -> DynamoDbActions.matching(name).stream().noneMatch(target::allows))
                .toList();
        if (!invalid.isEmpty()) {
            throw new InvalidPolicyException(invalid.stream()
                    .collect(Collectors.joining("\", \"", "The following action names are invalid: \"", "\"")));
        }
    }

    /**
     * Finds a statement that is open to the public: that allows everyone and does not pin the callers by a condition.
     * The service proves more with a solver; this only reads, so it refuses some policies that the service takes.
     */
    public static Optional<Statement> publicStatement(Policy policy) {
        return policy.statements().stream()
                .filter(statement -> statement.effect() == Effect.ALLOW)
                .filter(statement -> statement.principals().hasEveryone())
                .filter(statement -> statement.conditions().stream().noneMatch(ResourcePolicyChecks::pins))
                .findFirst();
    }

    private static boolean pins(Condition condition) {
        if (condition.ifExists() || condition.qualifier() == Qualifier.ALL_VALUES) {
            return false; // True without the key.
        }
        if (condition.key().equals(IS_SERVICE)) {
            return condition.operator() == Operator.BOOL
                    && condition.values().stream().allMatch("true"::equalsIgnoreCase);
        }
        return PINS.contains(condition.key())
                && PINNING.contains(condition.operator())
                && condition.values().stream().noneMatch(ResourcePolicyChecks::isOpen);
    }

    private static boolean isOpen(String value) {
        return value.indexOf('*') >= 0 || value.indexOf('?') >= 0 || value.contains("${");
    }

    /**
     * Whether a caller could still replace a resource policy after it is stored; if not, it locks the caller out.
     *
     * @param policies of the caller, with the new policy as that of the resource
     */
    public static boolean keepsAccess(
            PolicySet policies, Principal caller, String resource, String owner, ConditionContext context) {
        var request = new AccessRequest(caller, DynamoDbActions.PREFIX + "PutResourcePolicy", resource, owner);
        return Rules.of(policies, request).decide(context).allowed();
    }
}
