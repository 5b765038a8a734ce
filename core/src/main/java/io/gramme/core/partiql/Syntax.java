package io.gramme.core.partiql;

import java.util.List;
import java.util.Optional;

/** The syntax tree of a statement, whether the service supports all of it or not. */
final class Syntax {
    private Syntax() {}

    /** A whole statement. */
    sealed interface Sentence {}

    /** @param columns empty for {@code *} */
    record Select(List<Expr> columns, Expr from, Optional<Expr> where, List<Ordering> orderings) implements Sentence {
        Select {
            columns = List.copyOf(columns);
            orderings = List.copyOf(orderings);
        }
    }

    record Ordering(Expr by, boolean descending) {}

    record Insert(Expr into, Expr item, Optional<Returning> returning) implements Sentence {}

    record Update(Expr table, List<Clause> clauses, Optional<Expr> where, Optional<Returning> returning)
            implements Sentence {
        Update {
            clauses = List.copyOf(clauses);
        }
    }

    record Delete(Expr table, Optional<Expr> where, Optional<Returning> returning) implements Sentence {}

    /** A bare expression; it may be a call of {@code EXISTS}. */
    record Alone(Expr expr) implements Sentence {}

    /** A clause of an update. */
    sealed interface Clause {}

    record Set(Expr target, Expr source) implements Clause {}

    record Remove(Expr target) implements Clause {}

    /** An expression with a value or a truth value: the syntax does not distinguish them. */
    sealed interface Expr {
        /** The position of the token that represents the expression. */
        Position at();
    }

    record Name(String name, Position at) implements Expr {}

    record Path(Expr root, List<Step> steps, Position at) implements Expr {
        Path {
            steps = List.copyOf(steps);
        }
    }

    sealed interface Step {}

    record Dot(String name) implements Step {}

    record Bracket(Expr index) implements Step {}

    /** A star after a dot. */
    record DotStar(Position at) implements Step {}

    /** A star in brackets. */
    record BracketStar(Position at) implements Step {}

    record Text(String text, Position at) implements Expr {}

    /** @param digits with its sign, if it has one */
    record Numeral(String digits, Position at) implements Expr {}

    record Flag(boolean value, Position at) implements Expr {}

    record Null(Position at) implements Expr {}

    record Missing(Position at) implements Expr {}

    record Ion(String text, Position at) implements Expr {}

    /** @param index from 0, in the order of the text */
    record Parameter(int index, Position at) implements Expr {}

    record Sequence(List<Expr> elements, Position at) implements Expr {
        Sequence {
            elements = List.copyOf(elements);
        }
    }

    record Bag(List<Expr> members, Position at) implements Expr {
        Bag {
            members = List.copyOf(members);
        }
    }

    record Struct(List<Field> fields, Position at) implements Expr {
        Struct {
            fields = List.copyOf(fields);
        }
    }

    record Field(Expr name, Expr value) {}

    /** @param function in lower case */
    record Call(String function, List<Expr> operands, Position at) implements Expr {
        Call {
            operands = List.copyOf(operands);
        }
    }

    record Subquery(Select select, Position at) implements Expr {}

    /** @param operator {@code +}, {@code -} or {@code @} */
    record Unary(String operator, Expr operand, Position at) implements Expr {}

    record Not(Expr operand, Position at) implements Expr {}

    /**
     * @param operator {@code and}, {@code or}, {@code like}, {@code =}, {@code +} and all the others with two operands
     */
    record Binary(Expr left, String operator, Expr right, Position at) implements Expr {}

    record Between(Expr operand, Expr low, Expr high, Position at) implements Expr {}

    record In(Expr operand, Expr candidates, Position at) implements Expr {}

    /** @param type in lower case, as {@code missing} */
    record Is(Expr operand, String type, Position at) implements Expr {}
}
