package io.gramme.api.wire;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refused value as the older texts show it: {@code 'ab'}, {@code '[]'}, {@code '{TABLE=[]}'}, or null. How the
 * service shows structures inside collections is not known; their names replace them. Cut at a length, because a
 * request may be large and each value may be shown several times.
 */
final class Echo {
    static final int MAX_LENGTH = 10_000;

    private final StringBuilder text = new StringBuilder();

    private Echo() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        var echo = new Echo();
        echo.append(value);
        return "'" + echo.text.substring(0, echo.end()) + "'";
    }

    /** The index at which to cut: never inside a surrogate pair. */
    private int end() {
        if (text.length() <= MAX_LENGTH) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    }

    private boolean full() {
        return text.length() >= MAX_LENGTH;
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case String string -> text.append(string);
            case Number number -> text.append(number);
            case Boolean flag -> text.append(flag);
            case Bytes bytes -> text.append(Base64Text.encode(bytes));
            case Optional<?> optional -> append(optional.orElse(null));
            case List<?> list -> append(list);
            case Map<?, ?> map -> append(map);
            case Item item -> append(item.attributes());
            default -> text.append(value.getClass().getSimpleName());
        }
    }

    private void append(List<?> list) {
        text.append('[');
        String separator = "";
        for (Object element : list) {
            if (full()) {
                return;
            }
            text.append(separator);
            append(element);
            separator = ", ";
        }
        text.append(']');
    }

    private void append(Map<?, ?> map) {
        text.append('{');
        String separator = "";
        for (var entry : map.entrySet()) {
            if (full()) {
                return;
            }
            text.append(separator);
            append(entry.getKey());
            text.append('=');
            append(entry.getValue());
            separator = ", ";
        }
        text.append('}');
    }
}
