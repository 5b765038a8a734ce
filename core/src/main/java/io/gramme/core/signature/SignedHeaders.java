package io.gramme.core.signature;

import io.gramme.core.cache.BoundedCache;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The headers that a signature covers. Names are in lower case and sorted, each of them once: so a header is read once
 * even if a request lists it a thousand times.
 *
 * @param names sorted
 * @param list the names as a canonical request and an Authorization header list them
 */
public record SignedHeaders(SortedSet<String> names, String list) {
    private static final int PARSED_BYTES = 1 << 20;

    private static final BoundedCache<String, SignedHeaders> PARSED =
            new BoundedCache<>(PARSED_BYTES, (list, _) -> 500 + 10 * list.length());

    /** The headers of a list that is separated by semicolons. Clients send few lists, so the last ones are kept. */
    public static SignedHeaders parse(String list) {
        SignedHeaders known = PARSED.get(list);
        if (known == null) {
            known = of(List.of(list.toLowerCase(Locale.ROOT).split(";", -1)));
            PARSED.put(list, known);
        }
        return known;
    }

    /** @param names in lower case */
    public static SignedHeaders of(Collection<String> names) {
        SortedSet<String> sorted = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        return new SignedHeaders(sorted, String.join(";", sorted));
    }

    /** @param name in lower case */
    public boolean contains(String name) {
        return names.contains(name);
    }

    /**
     * Appends the canonical form of the headers. One that is absent has no line: a signature that covers it cannot match.
     *
     * @param values of a name, in the order of arrival
     */
    void write(Function<String, List<String>> values, StringBuilder target) {
        for (String name : names) {
            List<String> present = values.apply(name);
            if (present.isEmpty()) {
                continue;
            }
            target.append(name).append(':');
            for (int i = 0; i < present.size(); i++) {
                target.append(i == 0 ? "" : ",");
                trim(present.get(i), target);
            }
            target.append('\n');
        }
    }

    /** Whether it has no blank but single ones within. */
    private static boolean isTrimmed(String value) {
        char before = ' ';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c == ' ' && before == ' ') || (c >= '\t' && c <= '\r')) {
                return false;
            }
            before = c;
        }
        return value.isEmpty() || before != ' ';
    }

    /** Appends a value without the blanks around it, and with one blank for each run of them. */
    private static void trim(String value, StringBuilder target) {
        if (isTrimmed(value)) {
            target.append(value);
            return;
        }
        int begin = target.length();
        boolean pending = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                pending = target.length() > begin;
            } else {
                if (pending) {
                    target.append(' ');
                    pending = false;
                }
                target.append(c);
            }
        }
    }
}
