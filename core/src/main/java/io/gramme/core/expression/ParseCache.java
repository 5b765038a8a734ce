package io.gramme.core.expression;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cache of parsed texts, for the applications that send the same few again and again. Each text has one slot, chosen
 * by its hash, and replaces the text that was there: so the memory is bounded, and nothing is ever locked or counted.
 * Two hot texts in one slot cost a parse each time, and no more.
 *
 * <p>Safe for all threads though its slots are plain: an entry has only final fields, so a thread that sees it sees all
 * of it, and a thread that does not yet see it parses the same text to an equal tree.
 *
 * <p>A long text was probably generated for one request, and its tree is large: it is parsed each time.
 */
final class ParseCache<T> {
    /** A power of two. */
    static final int SLOTS = 1024;

    /** In characters, of a text that is cached. */
    static final int LONGEST = 512;

    private record Entry<T>(String text, T tree) {}

    private final @Nullable Entry<T>[] slots = emptySlots();

    /** A text that {@code parse} refuses is not cached. */
    T get(String text, Function<String, T> parse) {
        if (text.length() > LONGEST) {
            return parse.apply(text);
        }
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Entry<T> entry = slots[slot];
        if (entry != null && entry.text().equals(text)) {
            return entry.tree();
        }
        T tree = parse.apply(text);
        slots[slot] = new Entry<>(text, tree);
        return tree;
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable Entry<T>[] emptySlots() {
        return (@Nullable Entry<T>[]) new @Nullable Entry<?>[SLOTS];
    }
}
