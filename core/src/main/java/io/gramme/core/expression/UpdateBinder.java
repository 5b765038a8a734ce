package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Syntax.Arithmetic;
import io.gramme.core.expression.Syntax.Call;
import io.gramme.core.expression.Syntax.DocumentPath;
import io.gramme.core.expression.Syntax.Section;
import io.gramme.core.expression.Syntax.ValueAlias;
import io.gramme.core.expression.Update.Action;
import io.gramme.core.expression.Update.Literal;
import io.gramme.core.expression.Update.Source;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Binds an update: first all target paths, which are checked against each other, then the assigned values. */
final class UpdateBinder {
    private final Binder binder;
    private final ExpressionErrors errors;
    private final SourceBuilder sources;
    private final List<Action> actions = new ArrayList<>();

    private UpdateBinder(Binder binder) {
        this.binder = binder;
        this.errors = binder.errors();
        this.sources = new SourceBuilder(errors);
    }

    static Update bind(List<Section> sections, Binder binder) {
        List<Path> targets = sections.stream()
                .flatMap(UpdateBinder::targets)
                .map(binder::path)
                .toList();
        PathTree.requireDisjoint(targets, binder.errors());
        var update = new UpdateBinder(binder);
        sections.forEach(update::section);
        return Update.of(update.actions, Update.Origin.EXPRESSION);
    }

    private static Stream<DocumentPath> targets(Section section) {
        return switch (section) {
            case Syntax.SetSection(var assignments) -> assignments.stream().map(Syntax.Assignment::target);
            case Syntax.RemoveSection(var paths) -> paths.stream();
            case Syntax.AddSection(var operations) -> operations.stream().map(Syntax.Operation::target);
            case Syntax.DeleteSection(var operations) -> operations.stream().map(Syntax.Operation::target);
        };
    }

    private void section(Section section) {
        switch (section) {
            case Syntax.SetSection(var assignments) -> {
                for (var assignment : assignments) {
                    actions.add(new Update.Assign(binder.path(assignment.target()), source(assignment.source())));
                }
            }
            case Syntax.RemoveSection(var paths) -> {
                for (var path : paths) {
                    actions.add(new Update.Remove(binder.path(path)));
                }
            }
            case Syntax.AddSection(var operations) -> {
                for (var operation : operations) {
                    actions.add(new Update.Add(binder.path(operation.target()), added(operation.operand())));
                }
            }
            case Syntax.DeleteSection(var operations) -> {
                for (var operation : operations) {
                    actions.add(new Update.Delete(binder.path(operation.target()), deleted(operation.operand())));
                }
            }
        }
    }

    private Value added(ValueAlias alias) {
        Value operand = binder.value(alias);
        return switch (operand) {
            case Value.N _, Value.SS _, Value.NS _, Value.BS _ -> operand;
            case Value.S _, Value.B _, Value.Bool _, Value.Null _, Value.L _, Value.M _ ->
                throw errors.sectionOperandType("ADD", operand.type());
        };
    }

    private Value deleted(ValueAlias alias) {
        Value operand = binder.value(alias);
        return switch (operand) {
            case Value.SS _, Value.NS _, Value.BS _ -> operand;
            case Value.N _, Value.S _, Value.B _, Value.Bool _, Value.Null _, Value.L _, Value.M _ ->
                throw errors.sectionOperandType("DELETE", operand.type());
        };
    }

    private Source source(Syntax.Source source) {
        return switch (source) {
            case Arithmetic(var left, var sign, var right) -> arithmetic(source(left), sign, source(right));
            case Call call -> call(call);
            case DocumentPath path -> new Update.Attribute(binder.path(path));
            case ValueAlias alias -> new Literal(binder.value(alias));
        };
    }

    private Source arithmetic(Source left, Syntax.Sign sign, Source right) {
        return switch (sign) {
            case PLUS -> sources.plus(left, right);
            case MINUS -> sources.minus(left, right);
        };
    }

    private Source call(Call call) {
        // The inspector has refused unknown ones, and those for conditions.
        Function function = Function.named(call.function()).orElseThrow();
        return sources.call(function, call.operands().stream().map(this::source).toList());
    }
}
