package io.gramme.server.operation;

import io.gramme.api.Tag;
import io.gramme.core.error.SettingsErrors;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The service's validation rules for tags. */
final class TagRules {
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    /** Letters, digits and blanks of any script, and a few signs. */
    private static final Pattern CLEAN = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private TagRules() {}

    /** The checks that need no table. */
    static void requireTags(List<Tag> given) {
        var keys = new HashSet<String>();
        for (Tag tag : given) {
            requireKey(tag.key());
            if (tag.value().length() > LONGEST_VALUE || isUnclean(tag.value())) {
                throw SettingsErrors.tagValueInvalid(tag.value());
            }
            if (!keys.add(tag.key())) {
                throw SettingsErrors.tagKeyTwice(tag.key());
            }
        }
    }

    static void requireKeys(Collection<String> given) {
        given.forEach(TagRules::requireKey);
    }

    /** {@code old} with {@code added}, which overwrites tags of the same keys. */
    static Map<String, String> with(Map<String, String> old, List<Tag> added) {
        var tags = new LinkedHashMap<>(old);
        added.forEach(tag -> tags.put(tag.key(), tag.value()));
        if (tags.size() > MOST) {
            throw SettingsErrors.tooManyTags();
        }
        return tags;
    }

    /** {@code old} without the tags of these keys; keys without a tag are ignored. */
    static Map<String, String> without(Map<String, String> old, Collection<String> keys) {
        var tags = new LinkedHashMap<>(old);
        tags.keySet().removeAll(keys);
        return tags;
    }

    private static void requireKey(String key) {
        if (key.startsWith("aws:")) {
            throw SettingsErrors.tagKeyReserved(key);
        }
        if (key.isEmpty() || key.length() > LONGEST_KEY || isUnclean(key)) {
            throw SettingsErrors.tagKeyInvalid(key);
        }
    }

    private static boolean isUnclean(String text) {
        return !CLEAN.matcher(text).matches();
    }
}
