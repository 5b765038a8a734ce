package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Condition.Attribute;
import io.gramme.core.expression.Condition.Literal;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.Condition.Size;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes conditions of bound operands, and refuses operands that are wrong for every item. It does not depend on the
 * language in which the condition was written.
 */
public final class ConditionBuilder {
    private static final int MAX_CANDIDATES = 100;

    private final ExpressionErrors errors;

    public ConditionBuilder(ExpressionErrors errors) {
        this.errors = errors;
    }

    public Condition compare(Operand left, Relation relation, Operand right) {
        if (relation.isOrder()) {
            requireTypes(relation.symbol(), Relation::hasOrder, left, right);
        }
        requireDistinct(relation.symbol(), left, List.of(right));
        return new Condition.Compare(left, relation, right);
    }

    public Condition between(Operand operand, Operand low, Operand high) {
        requireTypes("BETWEEN", Relation::hasOrder, operand, low, high);
        requireDistinct("BETWEEN", operand, List.of(low, high));
        if (low instanceof Literal(var lowest) && high instanceof Literal(var highest)) {
            requireRange(lowest, highest);
        }
        return new Condition.Between(operand, low, high);
    }

    private void requireRange(Value lowest, Value highest) {
        if (lowest.type() != highest.type()) {
            throw errors.boundsOfDifferentTypes(lowest, highest);
        }
        if (Relation.compare(lowest, highest) > 0) {
            throw errors.boundsInverted(lowest, highest);
        }
    }

    public Condition in(Operand operand, List<Operand> candidates) {
        if (candidates.size() > MAX_CANDIDATES) {
            throw errors.tooManyCandidates(candidates.size());
        }
        requireDistinct("IN", operand, candidates);
        return new Condition.In(operand, candidates);
    }

    /** @param function one whose role is TEST */
    public Condition test(Function function, List<Operand> operands) {
        function.requireOperands(operands.size(), errors);
        return switch (function) {
            case ATTRIBUTE_EXISTS -> new Condition.Exists(path(function, operands.getFirst()));
            case ATTRIBUTE_NOT_EXISTS -> new Condition.NotExists(path(function, operands.getFirst()));
            case ATTRIBUTE_TYPE -> new Condition.HasType(operands.getFirst(), type(operands.getLast()));
            case BEGINS_WITH -> beginsWith(operands.getFirst(), operands.getLast());
            case CONTAINS -> contains(operands.getFirst(), operands.getLast());
            case SIZE, IF_NOT_EXISTS, LIST_APPEND -> throw new IllegalStateException("function=" + function);
        };
    }

    public Operand size(List<Operand> operands) {
        Function.SIZE.requireOperands(operands.size(), errors);
        requireTypes(Function.SIZE.text(), ConditionBuilder::hasSize, operands.getFirst());
        return new Size(operands.getFirst());
    }

    private static boolean hasSize(Value.Type type) {
        return type != Value.Type.N && type != Value.Type.BOOL && type != Value.Type.NULL;
    }

    private Path path(Function function, Operand operand) {
        if (operand instanceof Attribute(var path)) {
            return path;
        }
        throw errors.documentPathRequired(function.text());
    }

    private Value.Type type(Operand operand) {
        String function = Function.ATTRIBUTE_TYPE.text();
        Value.Type given = knownType(operand).orElseThrow(() -> errors.operandOfAnyType(function));
        if (!(operand instanceof Literal(Value.S(var name)))) {
            throw errors.operandType(function, given);
        }
        return Arrays.stream(Value.Type.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> errors.unknownAttributeType(name));
    }

    private Condition beginsWith(Operand operand, Operand prefix) {
        String function = Function.BEGINS_WITH.text();
        requireTypes(function, type -> type == Value.Type.S || type == Value.Type.B, operand, prefix);
        requireDistinct(function, operand, List.of(prefix));
        return new Condition.BeginsWith(operand, prefix);
    }

    private Condition contains(Operand operand, Operand part) {
        requireDistinct(Function.CONTAINS.text(), operand, List.of(part));
        return new Condition.Contains(operand, part);
    }

    private void requireTypes(String operator, Predicate<Value.Type> allowed, Operand... operands) {
        for (Operand operand : operands) {
            Optional<Value.Type> type = knownType(operand);
            if (type.isPresent() && !allowed.test(type.get())) {
                throw errors.operandType(operator, type.get());
            }
        }
    }

    /** The type of the operand where it is the same for every item. */
    private static Optional<Value.Type> knownType(Operand operand) {
        return switch (operand) {
            case Literal(var value) -> Optional.of(value.type());
            case Size _ -> Optional.of(Value.Type.N);
            case Attribute _ -> Optional.empty();
        };
    }

    /** Only paths are compared with each other: {@code :a = :a} is accepted. */
    private void requireDistinct(String operator, Operand first, List<Operand> others) {
        if (first instanceof Attribute(var path) && others.contains(first)) {
            throw errors.operandsNotDistinct(operator, path);
        }
    }
}
