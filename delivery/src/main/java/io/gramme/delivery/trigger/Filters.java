package io.gramme.delivery.trigger;

import java.util.ArrayList;
import java.util.List;

/** The filter patterns of a trigger. A record passes if one of them matches. */
final class Filters {
    private Filters() {}

    static List<Pattern> read(List<String> texts) {
        var patterns = new ArrayList<Pattern>();
        for (int i = 0; i < texts.size(); i++) {
            patterns.add(PatternReader.read(i + 1, texts.get(i)));
        }
        return patterns;
    }
}
