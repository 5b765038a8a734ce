package io.gramme.core.signature;

import java.util.ArrayDeque;

/**
 * The path in a canonical request, by the rule of all services but S3: without empty segments and dots, then encoded
 * segment by segment, so that an escape of the request is encoded again.
 */
final class CanonicalPath {
    private CanonicalPath() {}

    /** @param path as sent; one that does not begin with a slash is only encoded */
    static String of(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return "/";
        }
        var canonical = new StringBuilder(path.length() + 16);
        if (!path.startsWith("/")) {
            WireText.encode(path, canonical);
            return canonical.toString();
        }
        for (String segment : normalized(path)) {
            canonical.append('/');
            WireText.encode(segment, canonical);
        }
        if (canonical.isEmpty() || path.endsWith("/")) {
            canonical.append('/');
        }
        return canonical.toString();
    }

    private static ArrayDeque<String> normalized(String path) {
        var segments = new ArrayDeque<String>();
        int start = 1;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            switch (segment) {
                case "", "." -> {}
                case ".." -> segments.pollLast();
                default -> segments.add(segment);
            }
            start = end + 1;
        }
        return segments;
    }
}
