package io.gramme.tables.stream;

import io.gramme.core.error.StreamErrors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of stream ARNs. */
public final class StreamArn {
    private static final Pattern FORM =
            Pattern.compile("arn:[a-z-]+:dynamodb:[^:/]+:[^:/]+:table/([a-zA-Z0-9_.-]{3,255})/stream/([^/]+)");

    private StreamArn() {}

    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    /** The names in an ARN. */
    record Names(String table, String label) {}

    /** The names in a text that must be the ARN of a stream; refused like {@link #require}. */
    static Names names(String text, String member) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw StreamErrors.malformedArn(member);
        }
        return new Names(form.group(1), form.group(2));
    }

    /**
     * Refuses a text that cannot be the ARN of a stream; this error differs from that for a stream that does not exist.
     */
    public static void require(String text, String member) {
        var _ = names(text, member);
    }
}
