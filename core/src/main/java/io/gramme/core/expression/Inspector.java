package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Function.Role;
import io.gramme.core.expression.Syntax.Call;
import io.gramme.core.expression.Syntax.DocumentPath;
import io.gramme.core.expression.Syntax.Operand;
import io.gramme.core.expression.Syntax.Section;
import io.gramme.core.expression.Syntax.Source;
import io.gramme.core.expression.Syntax.Test;
import java.util.HashSet;
import java.util.List;

/**
 * Checks a tree by itself: reserved words, unknown or misplaced functions, sections given twice, too many operators.
 * The first fault from left to right is the answer, and all of these checks precede the placeholders, as in the service
 * (captured for single faults; the order of two faults in one text is not captured from the service).
 */
final class Inspector {
    static final int MAX_OPERATORS = 300;

    private final ExpressionErrors errors;
    private int operators;

    private Inspector(ExpressionErrors errors) {
        this.errors = errors;
    }

    static void inspectCondition(Test condition, ExpressionErrors errors) {
        var inspector = new Inspector(errors);
        inspector.test(condition);
        inspector.requireFewOperators();
    }

    static void inspectPaths(List<DocumentPath> paths, ExpressionErrors errors) {
        var inspector = new Inspector(errors);
        paths.forEach(inspector::path);
    }

    static void inspectUpdate(List<Section> sections, ExpressionErrors errors) {
        var inspector = new Inspector(errors);
        var seen = new HashSet<String>();
        for (Section section : sections) {
            inspector.section(section);
            if (!seen.add(section.keyword())) {
                throw errors.sectionTwice(section.keyword());
            }
        }
        inspector.requireFewOperators();
    }

    private void requireFewOperators() {
        if (operators > MAX_OPERATORS) {
            throw errors.tooManyOperators(MAX_OPERATORS);
        }
    }

    private void test(Test test) {
        switch (test) {
            case Syntax.All(var tests) -> chain(tests);
            case Syntax.Any(var tests) -> chain(tests);
            case Syntax.Negation(var inner) -> {
                operators++;
                test(inner);
            }
            case Syntax.Comparison(var left, var _, var right) -> {
                operators++;
                operandOfCondition(left);
                operandOfCondition(right);
            }
            case Syntax.Between(var operand, var low, var high) -> {
                operators++;
                operandOfCondition(operand);
                operandOfCondition(low);
                operandOfCondition(high);
            }
            case Syntax.In(var operand, var candidates) -> {
                operators++;
                operandOfCondition(operand);
                candidates.forEach(this::operandOfCondition);
            }
            case Call call -> callInCondition(call, Role.TEST);
        }
    }

    private void chain(List<Test> tests) {
        operators += tests.size() - 1;
        tests.forEach(this::test);
    }

    private void operandOfCondition(Operand operand) {
        switch (operand) {
            case Call call -> callInCondition(call, Role.MEASURE);
            case DocumentPath path -> path(path);
            case Syntax.ValueAlias _ -> {}
        }
    }

    private void callInCondition(Call call, Role place) {
        operators++;
        Function function = function(call);
        if (function.isForUpdates()) {
            throw errors.functionNotAllowedInCondition(call.function());
        }
        if (function.role() != place) {
            throw errors.misplacedFunction(call.function());
        }
        call.operands().forEach(this::operandOfCondition);
    }

    private void section(Section section) {
        switch (section) {
            case Syntax.SetSection(var assignments) ->
                assignments.forEach(assignment -> {
                    path(assignment.target());
                    source(assignment.source());
                });
            case Syntax.RemoveSection(var paths) -> paths.forEach(this::path);
            case Syntax.AddSection(var operations) -> operations.forEach(operation -> path(operation.target()));
            case Syntax.DeleteSection(var operations) -> operations.forEach(operation -> path(operation.target()));
        }
    }

    private void source(Source source) {
        switch (source) {
            case Syntax.Arithmetic(var left, var _, var right) -> {
                operators++;
                operandOfUpdate(left);
                operandOfUpdate(right);
            }
            case Call call -> callInUpdate(call, true);
            case DocumentPath path -> path(path);
            case Syntax.ValueAlias _ -> {}
        }
    }

    private void operandOfUpdate(Operand operand) {
        switch (operand) {
            case Call call -> callInUpdate(call, false);
            case DocumentPath path -> path(path);
            case Syntax.ValueAlias _ -> {}
        }
    }

    private void callInUpdate(Call call, boolean alone) {
        operators++;
        Function function = function(call);
        if (!function.isForUpdates()) {
            throw errors.functionNotAllowedInUpdate(call.function());
        }
        if (function.role() == Role.SOURCE_OF_UPDATE && !alone) {
            throw errors.misplacedFunction(call.function());
        }
        call.operands().forEach(this::operandOfUpdate);
    }

    private Function function(Call call) {
        return Function.named(call.function()).orElseThrow(() -> errors.unknownFunction(call.function()));
    }

    private void path(DocumentPath path) {
        for (Syntax.Part part : path.parts()) {
            switch (part) {
                case Syntax.Name(var name) when ReservedWords.contains(name) -> throw errors.reservedWord(name);
                case Syntax.Element(var digits) when !isIndex(digits) -> throw errors.listIndexOutOfRange(digits);
                case Syntax.Name _, Syntax.NameAlias _, Syntax.Element _ -> {}
            }
        }
    }

    private static boolean isIndex(String digits) {
        return digits.length() <= 10 && Long.parseLong(digits) <= Integer.MAX_VALUE;
    }
}
