package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A parser for {@code name=value} pairs between separators, as in the Authorization header and in a query string. */
final class Parameters {
    private Parameters() {}

    /** A pair without an equals sign is skipped; of two pairs with the same name the first counts. */
    static Map<String, String> parse(String text, char separator) {
        var parameters = new HashMap<String, String>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf(separator, start);
            String pair = text.substring(start, end < 0 ? text.length() : end);
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                parameters.putIfAbsent(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
            start = end < 0 ? text.length() : end + 1;
        }
        return parameters;
    }

    /** The same with percent escapes decoded; a malformed escape is kept as it is. */
    static Map<String, String> decoded(Map<String, String> parameters) {
        var decoded = new HashMap<String, String>();
        parameters.forEach((name, value) -> decoded.put(name, decoded(value)));
        return decoded;
    }

    private static String decoded(String value) {
        try {
            return QueryStringDecoder.decodeComponent(value, UTF_8);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }

    /** Those of {@code names} that are absent or empty, in the order of {@code names}. */
    static List<String> missing(List<String> names, Map<String, String> parameters) {
        return names.stream()
                .filter(name -> parameters.getOrDefault(name, "").isEmpty())
                .toList();
    }
}
