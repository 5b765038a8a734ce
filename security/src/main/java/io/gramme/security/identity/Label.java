package io.gramme.security.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every user, group, role and managed policy has.
 *
 * @param path begins and ends in a slash
 * @param name unique in its account and kind; names that differ in the case of letters alone are the same
 * @param id unique for all time: an identity that is made anew under the same name has another
 */
public record Label(
        Kind kind, String account, String path, String name, String id, Instant created, Map<String, String> tags) {

    /** The kinds of things that have names in an account. */
    public enum Kind {
        USER("user", "AIDA"),
        GROUP("group", "AGPA"),
        ROLE("role", "AROA"),
        POLICY("policy", "ANPA");

        private final String word;
        private final String idPrefix;

        Kind(String word, String idPrefix) {
            this.word = word;
            this.idPrefix = idPrefix;
        }

        /** As ARNs and error texts spell it. */
        public String word() {
            return word;
        }

        String idPrefix() {
            return idPrefix;
        }

        /** The ARN of something of this kind. */
        public String arn(String account, String path, String name) {
            return "arn:aws:iam::" + account + ":" + word + path + name;
        }
    }

    public Label {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    public String arn() {
        return kind.arn(account, path, name);
    }

    public Label with(Map<String, String> changed) {
        return new Label(kind, account, path, name, id, created, changed);
    }

    public Label renamed(String newPath, String newName) {
        return new Label(kind, account, newPath, newName, id, created, tags);
    }
}
