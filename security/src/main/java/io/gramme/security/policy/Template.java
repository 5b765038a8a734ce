package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy with wildcards and variables. The value of a variable is text: it is never read again for wildcards
 * or variables.
 */
final class Template {
    /** More in one text are refused. */
    static final int MAX_WILDCARDS = 256;

    /** Longer texts with wildcards are refused: longer than any ARN, name or key value that one could match. */
    static final int LONGEST_PATTERN = 2_048;

    private sealed interface Part {
        /** Characters and wildcards. */
        final class Symbols implements Part {
            private final int[] symbols;

            Symbols(int... symbols) {
                this.symbols = symbols;
            }
        }

        record Variable(String key, Optional<String> fallback) implements Part {
            /** Its value, or its default; a key of several values has none. */
            @Nullable String value(ConditionContext context) {
                if (ConditionKeys.isMultivalued(key)) {
                    return fallback.orElse(null);
                }
                List<String> values = context.values(key).orElse(List.of());
                return values.size() == 1 ? values.getFirst() : fallback.orElse(null);
            }
        }
    }

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final int @Nullable [] constant;

    /** How much of a text is read as more than characters. */
    record Syntax(boolean wildcards, boolean variables) {}

    private Template(String text, Syntax syntax) {
        this.text = text;
        parse(syntax);
        this.constant = hasVariables() ? null : join(ConditionContext.EMPTY);
    }

    /** @throws InvalidPolicyException if a variable is not closed, or if there are too many wildcards */
    static Template parse(String text, Syntax syntax) {
        return new Template(text, syntax);
    }

    private void parse(Syntax syntax) {
        int wildcards = 0;
        var symbols = IntStream.builder();
        for (int at = 0; at < text.length(); at++) {
            if (syntax.variables && text.startsWith("${", at)) {
                parts.add(new Part.Symbols(symbols.build().toArray()));
                symbols = IntStream.builder();
                at = variable(at + 2);
                continue;
            }
            int symbol = syntax.wildcards ? Glob.symbol(text.charAt(at)) : text.charAt(at);
            if (symbol < 0 && ++wildcards > MAX_WILDCARDS) {
                throw new InvalidPolicyException("A policy value has more than " + MAX_WILDCARDS + " wildcards.");
            }
            symbols.add(symbol);
        }
        if (wildcards > 0 && text.length() > LONGEST_PATTERN) {
            throw new InvalidPolicyException(
                    "A policy value with wildcards is longer than " + LONGEST_PATTERN + " characters.");
        }
        parts.add(new Part.Symbols(symbols.build().toArray()));
    }

    /** Reads what follows <code>${</code>, and returns where its brace closes. */
    private int variable(int begin) {
        int quote = text.indexOf('\'', begin);
        int end = text.indexOf('}', begin);
        if (quote >= 0 && quote < end) {
            int closing = text.indexOf('\'', quote + 1);
            end = closing < 0 ? -1 : text.indexOf('}', closing);
            String head = text.substring(begin, quote).strip();
            if (end < 0
                    || !head.endsWith(",")
                    || !text.substring(closing + 1, end).isBlank()) {
                throw unclosed();
            }
            add(head.substring(0, head.length() - 1), Optional.of(text.substring(quote + 1, closing)));
            return end;
        }
        if (end < 0) {
            throw unclosed();
        }
        add(text.substring(begin, end), Optional.empty());
        return end;
    }

    private InvalidPolicyException unclosed() {
        return new InvalidPolicyException("The policy variable in \"" + text + "\" is not valid.");
    }

    private void add(String name, Optional<String> fallback) {
        parts.add(
                switch (name) {
                    case "*", "?", "$" -> new Part.Symbols(name.charAt(0));
                    default -> new Part.Variable(name.strip().toLowerCase(Locale.ROOT), fallback);
                });
    }

    /** As it stands in the policy. */
    String text() {
        return text;
    }

    boolean hasVariables() {
        return parts.stream().anyMatch(Part.Variable.class::isInstance);
    }

    /** The names of its variables, in lower case. */
    List<String> variables() {
        return parts.stream()
                .filter(Part.Variable.class::isInstance)
                .map(part -> ((Part.Variable) part).key)
                .toList();
    }

    /** Characters and wildcards; absent if a variable has no value. */
    int @Nullable [] symbols(ConditionContext context) {
        return constant != null ? constant : join(context);
    }

    /** Like {@link #symbols}, of a template without wildcards. */
    @Nullable String characters(ConditionContext context) {
        if (constant != null) {
            return new String(constant, 0, constant.length);
        }
        var joined = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Symbols fixed -> {
                    for (int symbol : fixed.symbols) {
                        joined.append((char) symbol);
                    }
                }
                case Part.Variable variable -> {
                    String value = variable.value(context);
                    if (value == null) {
                        return null;
                    }
                    joined.append(value);
                }
            }
        }
        return joined.toString();
    }

    /** Like {@link #symbols}, with a star for each variable: what it matches is the most that the text can match. */
    int[] widest() {
        return parts.stream()
                .flatMapToInt(part -> switch (part) {
                    case Part.Symbols fixed -> IntStream.of(fixed.symbols);
                    case Part.Variable _ -> IntStream.of(Glob.ANY);
                })
                .toArray();
    }

    private int @Nullable [] join(ConditionContext context) {
        var joined = IntStream.builder();
        for (Part part : parts) {
            switch (part) {
                case Part.Symbols fixed -> {
                    for (int symbol : fixed.symbols) {
                        joined.add(symbol);
                    }
                }
                case Part.Variable variable -> {
                    String value = variable.value(context);
                    if (value == null) {
                        return null;
                    }
                    value.chars().forEach(joined::add);
                }
            }
        }
        return joined.build().toArray();
    }
}
