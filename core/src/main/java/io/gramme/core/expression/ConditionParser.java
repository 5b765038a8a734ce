package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Syntax.Operand;
import io.gramme.core.expression.Syntax.Phrase;
import io.gramme.core.expression.Syntax.Test;
import io.gramme.core.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Parses a condition: OR binds weakest, then AND, then NOT, then the comparisons.
 *
 * <p>A parenthesis may open a test or an operand, and only the text after its end shows which. So a phrase is parsed
 * first and then checked to be of the kind that its place requires; if it is not, the token after it is the unexpected
 * one.
 */
final class ConditionParser {
    private static final Map<Kind, Relation> RELATIONS = Map.of(
            Kind.EQUAL, Relation.EQUAL,
            Kind.NOT_EQUAL, Relation.NOT_EQUAL,
            Kind.LESS, Relation.LESS,
            Kind.LESS_OR_EQUAL, Relation.LESS_OR_EQUAL,
            Kind.GREATER, Relation.GREATER,
            Kind.GREATER_OR_EQUAL, Relation.GREATER_OR_EQUAL);

    private final Cursor cursor;
    private final Parentheses parentheses;
    private final OperandParser operands;

    private ConditionParser(Cursor cursor) {
        this.cursor = cursor;
        this.parentheses = new Parentheses(cursor);
        this.operands = new OperandParser(cursor, parentheses);
    }

    static Test parse(String text, ExpressionErrors errors) {
        var parser = new ConditionParser(new Cursor(text, errors));
        Test condition = parser.test(parser.alternatives());
        parser.cursor.expect(Kind.END);
        return condition;
    }

    private Phrase alternatives() {
        return chain(Kind.OR, this::conjunction, Syntax.Any::new);
    }

    private Phrase conjunction() {
        return chain(Kind.AND, this::negation, Syntax.All::new);
    }

    private Phrase chain(Kind operator, Supplier<Phrase> part, Function<List<Test>, Test> joined) {
        Phrase first = part.get();
        if (!cursor.sees(operator)) {
            return first;
        }
        var tests = new ArrayList<Test>();
        tests.add(test(first));
        while (cursor.skip(operator)) {
            tests.add(test(part.get()));
        }
        return joined.apply(tests);
    }

    private Phrase negation() {
        if (!cursor.skip(Kind.NOT)) {
            return comparison();
        }
        parentheses.enterOperator();
        Test inner = test(negation());
        parentheses.leaveOperator();
        return new Syntax.Negation(inner);
    }

    private Phrase comparison() {
        Phrase left = primary();
        Relation relation = RELATIONS.get(cursor.kind());
        if (relation != null) {
            Operand operand = operand(left);
            cursor.take();
            return new Syntax.Comparison(operand, relation, operands.operand());
        }
        if (cursor.sees(Kind.BETWEEN)) {
            Operand operand = operand(left);
            cursor.take();
            Operand low = operands.operand();
            cursor.expect(Kind.AND);
            return new Syntax.Between(operand, low, operands.operand());
        }
        if (cursor.sees(Kind.IN)) {
            Operand operand = operand(left);
            cursor.take();
            return new Syntax.In(operand, operands.operands());
        }
        return left;
    }

    private Phrase primary() {
        if (!cursor.sees(Kind.OPEN)) {
            return operands.bareOperand();
        }
        int open = parentheses.open();
        Phrase inner = alternatives();
        parentheses.close(open);
        return inner;
    }

    private Test test(Phrase phrase) {
        if (phrase instanceof Test test) {
            return test;
        }
        throw cursor.unexpected();
    }

    private Operand operand(Phrase phrase) {
        if (phrase instanceof Operand operand) {
            return operand;
        }
        throw cursor.unexpected();
    }
}
