package io.gramme.core.expression;

import io.gramme.core.expression.Syntax.Call;
import io.gramme.core.expression.Syntax.DocumentPath;
import io.gramme.core.expression.Syntax.Element;
import io.gramme.core.expression.Syntax.Name;
import io.gramme.core.expression.Syntax.NameAlias;
import io.gramme.core.expression.Syntax.Operand;
import io.gramme.core.expression.Syntax.Part;
import io.gramme.core.expression.Syntax.ValueAlias;
import io.gramme.core.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parses the common parts of all expressions: paths, values, function calls, and parentheses around them. */
final class OperandParser {
    private final Cursor cursor;
    private final Parentheses parentheses;

    OperandParser(Cursor cursor, Parentheses parentheses) {
        this.cursor = cursor;
        this.parentheses = parentheses;
    }

    Operand operand() {
        if (!cursor.sees(Kind.OPEN)) {
            return bareOperand();
        }
        int open = parentheses.open();
        Operand inner = operand();
        parentheses.close(open);
        return inner;
    }

    /** An operand that no parenthesis opens. */
    Operand bareOperand() {
        if (cursor.sees(Kind.VALUE_ALIAS)) {
            return value();
        }
        if (cursor.sees(Kind.NAME) && cursor.kindAfter() == Kind.OPEN) {
            return call();
        }
        return path();
    }

    ValueAlias value() {
        return new ValueAlias(cursor.expect(Kind.VALUE_ALIAS).text());
    }

    private Call call() {
        String function = cursor.take().text();
        parentheses.enterOperator();
        List<Operand> operands = operands();
        parentheses.leaveOperator();
        return new Call(function, operands);
    }

    /** {@code (a, b)}: at least one. */
    List<Operand> operands() {
        cursor.expect(Kind.OPEN);
        var operands = new ArrayList<Operand>();
        do {
            operands.add(operand());
        } while (cursor.skip(Kind.COMMA));
        cursor.expect(Kind.CLOSE);
        return operands;
    }

    DocumentPath path() {
        var parts = new ArrayList<Part>();
        parts.add(name());
        while (true) {
            if (cursor.skip(Kind.DOT)) {
                parts.add(name());
            } else if (cursor.skip(Kind.OPEN_BRACKET)) {
                parts.add(new Element(cursor.expect(Kind.NUMBER).text()));
                cursor.expect(Kind.CLOSE_BRACKET);
            } else {
                return new DocumentPath(parts);
            }
        }
    }

    private Part name() {
        if (cursor.sees(Kind.NAME_ALIAS)) {
            return new NameAlias(cursor.take().text());
        }
        return new Name(cursor.expect(Kind.NAME).text());
    }
}
