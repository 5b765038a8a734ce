package io.gramme.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request of the query protocol: pairs of names and values, as a form sends them. A name is a path to a scalar:
 * {@code Dimensions.member.1.Name} is the name in the first structure of a list.
 *
 * @param pairs decoded, of two with the same name the last
 */
record QueryForm(Map<String, String> pairs) {
    /** More than the largest request of any service needs; pairs of no name count as well. */
    static final int MAX_PAIRS = 10_000;

    /** The longest path of a service here has nine parts: a dimension of the metric of a query. */
    private static final int MAX_DEPTH = 12;

    private static final int MAX_NAME = 1_024;
    private static final String ELEMENT = "member";
    private static final String ENTRY = "entry";
    private static final int MAX_DIGITS = 6;
    private static final int LONGEST_VERSION = 32;

    static QueryForm of(byte[] body) {
        return of(new String(body, ISO_8859_1));
    }

    /** @param form ASCII, with percent escapes of UTF-8 */
    static QueryForm of(String form) {
        var pairs = new LinkedHashMap<String, String>();
        int start = 0;
        int segments = 0;
        while (start < form.length()) {
            int end = form.indexOf('&', start);
            end = end < 0 ? form.length() : end;
            // Not beyond the segment: a form of many segments would be read to its end for each.
            int equals = form.indexOf('=', start, end);
            int nameEnd = equals < 0 ? end : equals;
            segments++;
            String name = decoded(form.substring(start, nameEnd));
            if (!name.isEmpty()) {
                pairs.put(name, decoded(form.substring(Math.min(end, nameEnd + 1), end)));
            }
            if (segments > MAX_PAIRS || name.length() > MAX_NAME) {
                throw ServiceException.malformed("The form is too large");
            }
            start = end + 1;
        }
        return new QueryForm(pairs);
    }

    private static String decoded(String text) {
        try {
            return QueryStringDecoder.decodeComponent(text, UTF_8);
        } catch (IllegalArgumentException _) {
            throw ServiceException.malformed("The form has a malformed escape");
        }
    }

    /** The last value of {@code Version} in a form, which is not parsed for it; empty if there is none. */
    static String versionOf(byte[] form) {
        byte[] name = "Version=".getBytes(ISO_8859_1);
        String version = "";
        int start = 0;
        for (int at = 0; at <= form.length; at++) {
            if (at < form.length && form[at] != '&') {
                continue;
            }
            int begin = start + name.length;
            if (begin <= at
                    && at - begin <= LONGEST_VERSION
                    && Arrays.equals(form, start, begin, name, 0, name.length)) {
                version = new String(form, begin, at - begin, ISO_8859_1);
            }
            start = at + 1;
        }
        return version;
    }

    /** The value of a name without a path, such as {@code Action}; empty if it is absent. */
    String value(String name) {
        return pairs.getOrDefault(name, "");
    }

    Document.Structure structure() {
        var root = new Node(new Count());
        pairs.forEach((name, value) -> root.add(name.split("\\.", MAX_DEPTH + 1), 0, value));
        return new Document.Structure(root.members());
    }

    /** The number of values of a form: some long names make many. */
    private static final class Count {
        private int values;

        void another() {
            values++;
            if (values > DocumentReader.MAX_VALUES) {
                throw ServiceException.malformed("The form has too many values");
            }
        }
    }

    /** A value of the form that is being assembled: a scalar, or what has names of its own. */
    private static final class Node {
        private final Count count;
        private final Map<String, Node> children = new LinkedHashMap<>();
        private String scalar = "";

        Node(Count count) {
            this.count = count;
        }

        void add(String[] path, int depth, String value) {
            if (depth == path.length) {
                scalar = value;
                return;
            }
            if (depth == MAX_DEPTH) {
                throw ServiceException.malformed("The form is nested too deeply");
            }
            children.computeIfAbsent(path[depth], _ -> child()).add(path, depth + 1, value);
        }

        private Node child() {
            count.another();
            return new Node(count);
        }

        Map<String, Document> members() {
            var members = new LinkedHashMap<String, Document>();
            children.forEach((name, child) -> members.put(name, child.document()));
            return members;
        }

        Document document() {
            if (children.isEmpty()) {
                return new Document.Word(scalar);
            }
            if (children.size() == 1 && children.containsKey(ELEMENT)) {
                return new Document.Sequence(elements(children.get(ELEMENT)));
            }
            if (children.size() == 1 && children.containsKey(ENTRY)) {
                return dictionary(children.get(ENTRY));
            }
            return new Document.Structure(members());
        }

        private static List<Document> elements(Node numbered) {
            var ordered = new TreeMap<Integer, Document>();
            numbered.children.forEach((number, child) -> ordered.put(number(number), child.document()));
            return new ArrayList<>(ordered.values());
        }

        private static int number(String text) {
            boolean digits = !text.isEmpty()
                    && text.length() <= MAX_DIGITS
                    && text.chars().allMatch(Node::isDigit);
            if (!digits) {
                throw ServiceException.malformed("The form has a list whose elements have no numbers");
            }
            return Integer.parseInt(text);
        }

        private static boolean isDigit(int character) {
            return character >= '0' && character <= '9';
        }

        private static Document dictionary(Node numbered) {
            var entries = new LinkedHashMap<String, Document>();
            for (Node entry : numbered.children.values()) {
                Node key = entry.children.get("key");
                Node value = entry.children.get("value");
                if (key == null || value == null) {
                    throw ServiceException.malformed("The form has a map whose entries have no key or no value");
                }
                entries.put(key.scalar, value.document());
            }
            return new Document.Dictionary(entries);
        }
    }
}
