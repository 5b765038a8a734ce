package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Syntax.Arithmetic;
import io.gramme.core.expression.Syntax.Assignment;
import io.gramme.core.expression.Syntax.DocumentPath;
import io.gramme.core.expression.Syntax.Operand;
import io.gramme.core.expression.Syntax.Operation;
import io.gramme.core.expression.Syntax.Section;
import io.gramme.core.expression.Syntax.Sign;
import io.gramme.core.expression.Syntax.Source;
import io.gramme.core.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Parses updates, and the plain lists of paths of projections. */
final class UpdateParser {
    private final Cursor cursor;
    private final Parentheses parentheses;
    private final OperandParser operands;

    private UpdateParser(Cursor cursor) {
        this.cursor = cursor;
        this.parentheses = new Parentheses(cursor);
        this.operands = new OperandParser(cursor, parentheses);
    }

    static List<Section> parse(String text, ExpressionErrors errors) {
        return new UpdateParser(new Cursor(text, errors)).sections();
    }

    static List<DocumentPath> parsePaths(String text, ExpressionErrors errors) {
        var parser = new UpdateParser(new Cursor(text, errors));
        List<DocumentPath> paths = parser.list(parser.operands::path);
        parser.cursor.expect(Kind.END);
        return paths;
    }

    private List<Section> sections() {
        var sections = new ArrayList<Section>();
        do {
            sections.add(section());
        } while (!cursor.sees(Kind.END));
        return List.copyOf(sections);
    }

    private Section section() {
        if (cursor.skip(Kind.SET)) {
            return new Syntax.SetSection(list(this::assignment));
        }
        if (cursor.skip(Kind.REMOVE)) {
            return new Syntax.RemoveSection(list(operands::path));
        }
        if (cursor.skip(Kind.ADD)) {
            return new Syntax.AddSection(list(this::operation));
        }
        if (cursor.skip(Kind.DELETE)) {
            return new Syntax.DeleteSection(list(this::operation));
        }
        throw cursor.unexpected();
    }

    private <T> List<T> list(Supplier<T> element) {
        var elements = new ArrayList<T>();
        do {
            elements.add(element.get());
        } while (cursor.skip(Kind.COMMA));
        return List.copyOf(elements);
    }

    private Operation operation() {
        DocumentPath target = operands.path();
        return new Operation(target, operands.value());
    }

    private Assignment assignment() {
        DocumentPath target = operands.path();
        cursor.expect(Kind.EQUAL);
        return new Assignment(target, source());
    }

    /** At most one plus or minus, with or without parentheses around all of it. */
    private Source source() {
        if (!cursor.sees(Kind.OPEN)) {
            return arithmetic(operands.bareOperand());
        }
        int open = parentheses.open();
        Source inner = source();
        parentheses.close(open);
        return inner instanceof Operand left ? arithmetic(left) : inner;
    }

    private Source arithmetic(Operand left) {
        if (cursor.skip(Kind.PLUS)) {
            return new Arithmetic(left, Sign.PLUS, operands.operand());
        }
        if (cursor.skip(Kind.MINUS)) {
            return new Arithmetic(left, Sign.MINUS, operands.operand());
        }
        return left;
    }
}
