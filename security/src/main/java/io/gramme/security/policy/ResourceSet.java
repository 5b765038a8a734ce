package io.gramme.security.policy;

import io.gramme.security.policy.Template.Syntax;
import java.util.ArrayList;
import java.util.List;

/** The resources of a statement. */
final class ResourceSet {
    /** Of a trust policy, whose statements name no resource: they speak of the role that has the policy. */
    static final ResourceSet ALL = new ResourceSet(false, List.of("*"), false);

    /** Whether the statement speaks of a resource, as far as can be said without the values of variables. */
    enum Coverage {
        ALWAYS,
        NEVER,
        DEPENDS
    }

    private final boolean excluded;
    private final List<String> texts;
    private final List<Glob> constant = new ArrayList<>();
    private final List<Template> variable = new ArrayList<>();
    private final List<Glob> widest = new ArrayList<>();

    /**
     * @param excluded whether they are those that the statement does not speak of (NotResource)
     * @param variables whether the policy has variables
     */
    ResourceSet(boolean excluded, List<String> texts, boolean variables) {
        this.excluded = excluded;
        this.texts = List.copyOf(texts);
        for (String text : texts) {
            Template template = Template.parse(text, new Syntax(true, variables));
            if (!ArnGlob.isResource(template.widest())) {
                throw notAnArn(text);
            }
            Glob glob = ArnGlob.inResource(template.widest());
            if (template.hasVariables()) {
                variable.add(template);
                widest.add(glob);
            } else {
                constant.add(glob);
            }
            requireForm(text, variables);
        }
    }

    private static void requireForm(String text, boolean variables) {
        if (text.equals("*")) {
            return;
        }
        if (!text.startsWith("arn:")) {
            throw notAnArn(text);
        }
        if (!variables) {
            return;
        }
        int place = text.indexOf("${");
        long colons = place < 0
                ? Arn.PARTS
                : text.substring(0, place).chars().filter(c -> c == ':').count();
        if (colons < 2) {
            throw new InvalidPolicyException(
                    "Partition \"" + text.split(":", -1)[1] + "\" is not valid for resource \"" + text + "\".");
        }
        if (colons < Arn.PARTS - 1) {
            throw new InvalidPolicyException("The policy variable in \"" + text + "\" stands before its fifth colon.");
        }
    }

    private static InvalidPolicyException notAnArn(String text) {
        return new InvalidPolicyException("Resource " + text + " must be in ARN format or \"*\".");
    }

    Coverage coverage(Arn resource) {
        if (constant.stream().anyMatch(glob -> glob.matches(resource.text()))) {
            return excluded ? Coverage.NEVER : Coverage.ALWAYS;
        }
        if (excluded) {
            return variable.isEmpty() ? Coverage.ALWAYS : Coverage.DEPENDS;
        }
        return widest.stream().anyMatch(glob -> glob.matches(resource.text())) ? Coverage.DEPENDS : Coverage.NEVER;
    }

    /**
     * Whether the statement speaks of a resource. A pattern of which a variable has no value matches nothing; if it is
     * excluded, what it would exclude is unknown, and the statement then errs towards refusing.
     */
    boolean covers(Arn resource, Effect effect, ConditionContext context) {
        if (constant.stream().anyMatch(glob -> glob.matches(resource.text()))) {
            return !excluded;
        }
        for (Template template : variable) {
            int[] symbols = template.symbols(context);
            if (symbols == null) {
                if (excluded && effect == Effect.ALLOW) {
                    return false;
                }
            } else if (ArnGlob.inResource(symbols).matches(resource.text())) {
                return !excluded;
            }
        }
        return excluded;
    }

    boolean isExcluded() {
        return excluded;
    }

    /** As they stand in the policy. */
    List<String> texts() {
        return texts;
    }

    /** The names of the variables, in lower case. */
    List<String> variables() {
        return variable.stream()
                .flatMap(template -> template.variables().stream())
                .toList();
    }
}
