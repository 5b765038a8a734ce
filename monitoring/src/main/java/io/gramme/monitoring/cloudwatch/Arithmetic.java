package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.ServiceException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The part of metric math that this server computes: the four operations of arithmetic, parentheses, numbers, ids of
 * other queries, and {@code PERIOD(id)}.
 */
sealed interface Arithmetic {

    record Literal(double value) implements Arithmetic {}

    record Reference(String id) implements Arithmetic {}

    /** The seconds of a period of another query. */
    record Period(String id) implements Arithmetic {}

    record Operation(char operator, Arithmetic left, Arithmetic right) implements Arithmetic {}

    static Arithmetic parse(String text) {
        return new Parser(text).whole();
    }

    /** The ids that it refers to, in their order. */
    default Set<String> ids() {
        var ids = new LinkedHashSet<String>();
        addIds(ids);
        return ids;
    }

    private void addIds(Set<String> ids) {
        switch (this) {
            case Literal _ -> {
                // It has none.
            }
            case Reference(var id) -> ids.add(id);
            case Period(var id) -> ids.add(id);
            case Operation(var _, var left, var right) -> {
                left.addIds(ids);
                right.addIds(ids);
            }
        }
    }

    /** The most parts that are within each other. */
    default int depth() {
        return this instanceof Operation(var _, var left, var right) ? 1 + Math.max(left.depth(), right.depth()) : 1;
    }

    /** The number of operations. */
    default int operations() {
        return this instanceof Operation(var _, var left, var right) ? 1 + left.operations() + right.operations() : 0;
    }

    static double apply(char operator, double left, double right) {
        return switch (operator) {
            case '+' -> left + right;
            case '-' -> left - right;
            case '*' -> left * right;
            default -> left / right;
        };
    }

    /** Reads the text by recursive descent. */
    final class Parser {
        private static final int MAX_DEPTH = 50;

        private final String text;
        private int at;
        private int depth;

        Parser(String text) {
            this.text = text;
        }

        Arithmetic whole() {
            Arithmetic sum = sum();
            skipBlanks();
            if (at < text.length()) {
                throw refused();
            }
            return sum;
        }

        private static ServiceException refused() {
            return CloudWatchErrors.validation("The expression is not supported: Gramme computes +, -, *, / and"
                    + " PERIOD() of the ids of metrics, and has no other function, search or query.");
        }

        private Arithmetic sum() {
            Arithmetic left = product();
            while (has('+') || has('-')) {
                char operator = text.charAt(at++);
                left = new Operation(operator, left, product());
            }
            return left;
        }

        private Arithmetic product() {
            Arithmetic left = factor();
            while (has('*') || has('/')) {
                char operator = text.charAt(at++);
                left = new Operation(operator, left, factor());
            }
            return left;
        }

        private Arithmetic factor() {
            depth++;
            if (depth > MAX_DEPTH) {
                throw refused();
            }
            Arithmetic factor = has('-') ? negated() : has('(') ? inParentheses() : atom();
            depth--;
            return factor;
        }

        private Arithmetic negated() {
            at++;
            return new Operation('-', new Literal(0), factor());
        }

        private Arithmetic inParentheses() {
            at++;
            Arithmetic inner = sum();
            require(')');
            return inner;
        }

        private Arithmetic atom() {
            int start = at;
            while (at < text.length() && isPart(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at);
            if (word.matches("\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15}")) {
                return new Literal(Double.parseDouble(word));
            }
            if (word.equals("PERIOD")) {
                return period();
            }
            if (!Query.ID.matcher(word).matches() || has('(')) {
                throw refused();
            }
            return new Reference(word);
        }

        private Arithmetic period() {
            require('(');
            if (!(atom() instanceof Reference(var id))) {
                throw refused();
            }
            require(')');
            return new Period(id);
        }

        private static boolean isPart(char one) {
            return (one >= 'a' && one <= 'z')
                    || (one >= 'A' && one <= 'Z')
                    || (one >= '0' && one <= '9')
                    || one == '_'
                    || one == '.';
        }

        private void require(char one) {
            if (!has(one)) {
                throw refused();
            }
            at++;
        }

        /** Whether the next character that is no blank is this one. */
        private boolean has(char one) {
            skipBlanks();
            return at < text.length() && text.charAt(at) == one;
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
    }
}
