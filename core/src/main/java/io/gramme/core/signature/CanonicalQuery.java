package io.gramme.core.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;

/** The query string in a canonical request: decoded, encoded again, and sorted by name and value. */
public final class CanonicalQuery {
    /** The parameter with the signature of a presigned request, which cannot cover itself. */
    public static final String SIGNATURE = "X-Amz-Signature";

    private record Parameter(String name, String value) {}

    private CanonicalQuery() {}

    /**
     * @param query as sent, without the question mark
     * @param leftOut the names of the parameters that are not signed
     */
    public static String of(String query, Set<String> leftOut) {
        if (query.isEmpty()) {
            return "";
        }
        var parameters = new ArrayList<Parameter>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = WireText.decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!pair.isEmpty() && !leftOut.contains(name)) {
                parameters.add(new Parameter(
                        encoded(name), encoded(WireText.decoded(equals < 0 ? "" : pair.substring(equals + 1)))));
            }
        }
        parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        var canonical = new StringBuilder(query.length() + 16);
        for (Parameter parameter : parameters) {
            canonical
                    .append(canonical.isEmpty() ? "" : "&")
                    .append(parameter.name)
                    .append('=')
                    .append(parameter.value);
        }
        return canonical.toString();
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        WireText.encode(text, encoded);
        return encoded.toString();
    }
}
