package io.gramme.core.partiql;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.Errors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.core.partiql.Syntax.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts literals and parameters to values. Messages call a value {@code root}, and its parts by their path from
 * there.
 */
final class Literals {
    private static final String ROOT = "root";

    private final List<Value> parameters;

    Literals(List<Value> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** Whether an expression is a literal or a parameter, and so has the same value for every item. */
    static boolean isLiteral(Expr expr) {
        return switch (expr) {
            case Syntax.Text _, Syntax.Numeral _, Syntax.Flag _, Syntax.Null _, Syntax.Ion _, Syntax.Parameter _ ->
                true;
            case Syntax.Sequence _, Syntax.Bag _, Syntax.Struct _ -> true;
            case Syntax.Name _, Syntax.Path _, Syntax.Missing _, Syntax.Call _, Syntax.Subquery _, Syntax.Unary _ ->
                false;
            case Syntax.Not _, Syntax.Binary _, Syntax.Between _, Syntax.In _, Syntax.Is _ -> false;
        };
    }

    Value value(Expr expr) {
        Value value = expr instanceof Syntax.Parameter(int index, var _) ? parameters.get(index) : value(expr, ROOT);
        if (ItemSize.depth(value) > ItemSize.MAX_DEPTH) {
            throw Errors.nestedTooDeep();
        }
        return value;
    }

    /** Refuses an expression that contains a literal or a parameter that is no value, at any depth. */
    void require(Expr expr) {
        switch (expr) {
            case Syntax.Text _, Syntax.Numeral _, Syntax.Flag _, Syntax.Null _, Syntax.Ion _, Syntax.Parameter _ ->
                value(expr);
            case Syntax.Sequence _, Syntax.Bag _, Syntax.Struct _ -> value(expr);
            case Syntax.In(var operand, var candidates, var _) -> {
                require(operand);
                members(candidates).forEach(this::require);
            }
            case Syntax.Not(var operand, var _) -> require(operand);
            case Syntax.Unary(var _, var operand, var _) -> require(operand);
            case Syntax.Is(var operand, var _, var _) -> require(operand);
            case Syntax.Binary(var left, var _, var right, var _) -> {
                require(left);
                require(right);
            }
            case Syntax.Between(var operand, var low, var high, var _) ->
                List.of(operand, low, high).forEach(this::require);
            case Syntax.Call(var _, var operands, var _) -> operands.forEach(this::require);
            case Syntax.Name _, Syntax.Path _, Syntax.Missing _, Syntax.Subquery _ -> {}
        }
    }

    /** The members of IN, each a value of its own. */
    static List<Expr> members(Expr candidates) {
        return switch (candidates) {
            case Syntax.Sequence(var elements, var _) -> elements;
            case Syntax.Bag(var members, var _) -> members;
            default -> List.of();
        };
    }

    /** A whole item; each of its attributes is a root. */
    Item item(Syntax.Struct struct) {
        var attributes = new LinkedHashMap<String, Value>();
        for (Syntax.Field field : struct.fields()) {
            String name = name(field.name(), attributes, ROOT);
            attributes.put(name, value(field.value()));
        }
        return Item.of(attributes);
    }

    private Value value(Expr expr, String where) {
        return switch (expr) {
            case Syntax.Text(var text, var _) -> new Value.S(text);
            case Syntax.Numeral(var digits, var _) -> new Value.N(number(digits, where));
            case Syntax.Flag(var flag, var _) -> Value.Bool.of(flag);
            case Syntax.Null _ -> Value.Null.NULL;
            case Syntax.Sequence(var elements, var _) -> new Value.L(list(elements, where));
            case Syntax.Bag bag -> set(bag, where);
            case Syntax.Struct struct -> new Value.M(map(struct, where));
            case Syntax.Ion(var text, var at) -> throw PartiqlErrors.ionLiteral(ionType(text), where, at.toString());
            case Syntax.Parameter _, Syntax.Name _, Syntax.Path _, Syntax.Missing _, Syntax.Call _ ->
                throw unsupported(expr, where);
            case Syntax.Subquery _, Syntax.Unary _, Syntax.Not _, Syntax.Binary _, Syntax.Between _ ->
                throw unsupported(expr, where);
            case Syntax.In _, Syntax.Is _ -> throw unsupported(expr, where);
        };
    }

    private static Decimal number(String digits, String where) {
        try {
            return Decimal.parse(digits);
        } catch (ApiException fault) {
            throw PartiqlErrors.under(fault, where);
        }
    }

    private List<Value> list(List<Expr> elements, String where) {
        var values = new ArrayList<Value>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            values.add(value(elements.get(i), where + "[" + i + "]"));
        }
        return values;
    }

    private Map<String, Value> map(Syntax.Struct struct, String where) {
        var entries = new LinkedHashMap<String, Value>();
        for (Syntax.Field field : struct.fields()) {
            String name = name(field.name(), entries, where);
            entries.put(name, value(field.value(), where + "." + name));
        }
        return entries;
    }

    private static String name(Expr expr, Map<String, Value> earlier, String where) {
        if (!(expr instanceof Syntax.Text(var name, var at))) {
            throw PartiqlErrors.keyOfTupleNoString(kind(expr), where, expr.at().toString());
        }
        if (name.isEmpty()) {
            throw PartiqlErrors.emptyPathComponent();
        }
        if (earlier.containsKey(name)) {
            throw PartiqlErrors.duplicateKeyOfTuple(name, where, at.toString());
        }
        return name;
    }

    private static Value set(Syntax.Bag bag, String where) {
        if (bag.members().isEmpty()) {
            throw PartiqlErrors.emptyBag();
        }
        var strings = new ArrayList<String>();
        var numbers = new ArrayList<Decimal>();
        for (Expr member : bag.members()) {
            switch (member) {
                case Syntax.Text(var text, var _) -> strings.add(text);
                case Syntax.Numeral(var digits, var _) -> numbers.add(number(digits, where));
                default -> throw PartiqlErrors.unsupportedMember(member.at().toString());
            }
        }
        if (!strings.isEmpty() && !numbers.isEmpty()) {
            throw PartiqlErrors.mixedBag();
        }
        if (hasDuplicates(strings)) {
            throw PartiqlErrors.duplicateStrings(strings.toString());
        }
        if (hasDuplicates(numbers)) {
            throw PartiqlErrors.duplicateNumbers();
        }
        return numbers.isEmpty() ? new Value.SS(strings) : new Value.NS(numbers);
    }

    private static boolean hasDuplicates(List<?> members) {
        return new HashSet<>(members).size() < members.size();
    }

    /** The root itself is named by its text, its parts by their kind. */
    private static ApiException unsupported(Expr expr, String where) {
        String what = where.equals(ROOT) ? text(expr) : kind(expr);
        return PartiqlErrors.unsupportedValue(what, where, expr.at().toString());
    }

    private static String text(Expr expr) {
        return switch (expr) {
            case Syntax.Name(var name, var _) -> name;
            case Syntax.Path(Syntax.Name(var name, var _), var _, var _) -> name;
            case Syntax.Missing _ -> "MISSING";
            case Syntax.Call(var function, var _, var _) -> function;
            case Syntax.Subquery _ -> "SELECT";
            case Syntax.Unary(var operator, var _, var _) -> operator;
            case Syntax.Binary(var _, var operator, var _, var _) -> operator;
            case Syntax.Not _ -> "not";
            case Syntax.Between _ -> "between";
            case Syntax.In _ -> "in";
            case Syntax.Is _ -> "is";
            case Syntax.Text _, Syntax.Numeral _, Syntax.Flag _, Syntax.Null _, Syntax.Ion _, Syntax.Parameter _ ->
                kind(expr);
            case Syntax.Sequence _, Syntax.Bag _, Syntax.Struct _, Syntax.Path _ -> kind(expr);
        };
    }

    /** The name of this kind of expression in messages. */
    static String kind(Expr expr) {
        return switch (expr) {
            case Syntax.Name _ -> "VariableReference";
            case Syntax.Path _ -> "Path";
            case Syntax.Text _ -> "STRING";
            case Syntax.Numeral(var digits, var _) -> isWhole(digits) ? "INT" : "DECIMAL";
            case Syntax.Flag _ -> "BOOL";
            case Syntax.Null _ -> "NULL";
            case Syntax.Missing _ -> "LiteralMissing";
            case Syntax.Ion(var text, var _) -> ionType(text);
            case Syntax.Parameter _ -> "Parameter";
            case Syntax.Sequence _, Syntax.Bag _ -> "Seq";
            case Syntax.Struct _ -> "Struct";
            case Syntax.Subquery _ -> "Select";
            case Syntax.Is _ -> "Typed";
            case Syntax.Call _, Syntax.Unary _, Syntax.Not _, Syntax.Binary _, Syntax.Between _, Syntax.In _ -> "NAry";
        };
    }

    private static String ionType(String text) {
        if (text.startsWith("\"")) {
            return "STRING";
        }
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        if (first != '-' && (first < '0' || first > '9')) {
            return "SYMBOL";
        }
        return isWhole(text) ? "INT" : "DECIMAL";
    }

    private static boolean isWhole(String digits) {
        return digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    }
}
