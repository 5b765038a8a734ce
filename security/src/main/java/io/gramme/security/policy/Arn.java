package io.gramme.security.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * An Amazon Resource Name, cut at its first five colons; or another text, for example the {@code *} that stands for the
 * resource of an action that has none.
 */
final class Arn {
    static final int PARTS = 6;

    private final String text;
    private final List<String> parts = new ArrayList<>(PARTS);

    Arn(String text) {
        this.text = text;
        int begin = 0;
        for (int colon = text.indexOf(':'); colon >= 0 && parts.size() < PARTS - 1; colon = text.indexOf(':', begin)) {
            parts.add(text.substring(begin, colon));
            begin = colon + 1;
        }
        parts.add(text.substring(begin));
    }

    boolean isComplete() {
        return parts.size() == PARTS;
    }

    String text() {
        return text;
    }

    /** From 0: {@code arn}, partition, service, region, account, resource. */
    String part(int index) {
        return parts.get(index);
    }

    String account() {
        return isComplete() ? part(4) : "";
    }

    String resource() {
        return isComplete() ? part(5) : "";
    }
}
