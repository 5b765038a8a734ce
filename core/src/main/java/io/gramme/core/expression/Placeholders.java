package io.gramme.core.expression;

import io.gramme.core.bytes.Utf8;
import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its expressions have
 * used. Belongs to the one thread that serves the request.
 */
public final class Placeholders {
    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";

    /** The size of one placeholder, its sign included. */
    private static final int MAX_ALIAS = 255;

    private static final int MAX_NAME = 65_535;

    /** The total size of all substituted names, or of all substituted values. */
    private static final int MAX_TOTAL = 2 * 1024 * 1024;

    private final Optional<Map<String, String>> names;
    private final Optional<Map<String, Value>> values;
    private final Set<String> used = new HashSet<>();

    public Placeholders(Optional<Map<String, String>> names, Optional<Map<String, Value>> values) {
        this.names = names.map(LinkedHashMap::new);
        this.values = values.map(LinkedHashMap::new);
    }

    public static Placeholders none() {
        return new Placeholders(Optional.empty(), Optional.empty());
    }

    /**
     * Refuses placeholders that are wrong in any expression.
     *
     * @param anyExpression whether the request has an expression at all
     */
    public void check(boolean anyExpression) {
        checkNames(anyExpression);
        checkValues(anyExpression);
    }

    /** The first half of {@link #check}. */
    public void checkNames(boolean anyExpression) {
        if (names.isPresent()) {
            check(NAMES, names.get().keySet(), '#', anyExpression);
            checkNames(names.get());
        }
    }

    /** The second half of {@link #check}. */
    public void checkValues(boolean anyExpression) {
        if (values.isPresent()) {
            check(VALUES, values.get().keySet(), ':', anyExpression);
            checkValues(values.get());
        }
    }

    private static void check(String member, Set<String> aliases, char sigil, boolean anyExpression) {
        if (!anyExpression) {
            throw ExpressionErrors.withoutExpressions(member);
        }
        if (aliases.isEmpty()) {
            throw ExpressionErrors.emptyPlaceholders(member);
        }
        for (String alias : aliases) {
            if (!Lexer.isAlias(alias, sigil)) {
                throw ExpressionErrors.malformedPlaceholder(member, alias);
            }
            if (alias.length() > MAX_ALIAS) {
                throw ExpressionErrors.placeholderTooLong(member, alias.length());
            }
        }
    }

    private static void checkNames(Map<String, String> names) {
        long total = 0;
        for (var entry : names.entrySet()) {
            int size = Utf8.length(entry.getValue());
            if (size == 0) {
                throw ExpressionErrors.emptyAttributeName(NAMES, entry.getKey());
            }
            if (size > MAX_NAME) {
                throw ExpressionErrors.attributeNameTooLong(NAMES, entry.getKey());
            }
            total += size;
        }
        if (total > MAX_TOTAL) {
            throw ExpressionErrors.placeholdersTooLarge(NAMES);
        }
    }

    private static void checkValues(Map<String, Value> values) {
        long total = 0;
        for (Value value : values.values()) {
            total += ItemSize.of(value);
        }
        if (total > MAX_TOTAL) {
            throw ExpressionErrors.placeholdersTooLarge(VALUES);
        }
    }

    /** Refuses names, and then values, that no expression bound so far has used. */
    public void requireAllUsed() {
        names.ifPresent(map -> requireUsed(NAMES, map.keySet()));
        values.ifPresent(map -> requireUsed(VALUES, map.keySet()));
    }

    private void requireUsed(String member, Set<String> aliases) {
        if (!used.containsAll(aliases)) {
            List<String> unused =
                    aliases.stream().filter(alias -> !used.contains(alias)).toList();
            throw ExpressionErrors.unusedPlaceholders(member, unused);
        }
    }

    /** The name that {@code alias} stands for, which counts as used from now on. */
    Optional<String> name(String alias) {
        used.add(alias);
        return names.map(map -> map.get(alias));
    }

    /** The value that {@code alias} stands for, which counts as used from now on. */
    Optional<Value> value(String alias) {
        used.add(alias);
        return values.map(map -> map.get(alias));
    }
}
