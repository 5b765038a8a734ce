package io.gramme.recovery;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last part of the ARN of a backup, an export, an import or a bulk operation: the time of its creation in 14 digits of milliseconds
 * since 1970, a hyphen, and 8 hexadecimal digits. Ids in their order as texts are in the order of creation.
 */
public record ResourceId(String text) implements Comparable<ResourceId> {
    private static final Pattern FORM = Pattern.compile("(\\d{14})-([0-9a-f]{8})");

    public ResourceId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("id=" + text);
        }
    }

    public static ResourceId of(Instant created, int tail) {
        return new ResourceId(String.format(Locale.ROOT, "%014d-%08x", created.toEpochMilli(), tail));
    }

    public static Optional<ResourceId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ResourceId(text)) : Optional.empty();
    }

    public Instant created() {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("id=" + text);
        }
        return Instant.ofEpochMilli(Long.parseLong(parts.group(1)));
    }

    @Override
    public int compareTo(ResourceId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
