package io.gramme.api.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes immutable copies of the components of a record, unless they are immutable already. Maps keep their order. */
public final class Copies {
    private Copies() {}

    public static <T> List<T> of(List<T> list) {
        return List.copyOf(list);
    }

    public static <T> Map<String, T> of(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    public static <T> Optional<List<T>> ofList(Optional<List<T>> list) {
        return list.map(List::copyOf);
    }

    public static <T> Optional<Map<String, T>> ofMap(Optional<Map<String, T>> map) {
        return map.map(Copies::of);
    }
}
