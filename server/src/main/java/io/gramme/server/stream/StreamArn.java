package io.gramme.server.stream;

import io.gramme.core.error.StreamErrors;
import java.util.regex.Pattern;

/** The form of a stream's ARN. */
public final class StreamArn {
    private static final Pattern FORM =
            Pattern.compile("arn:[a-z-]+:dynamodb:[^:/]+:[^:/]+:table/[a-zA-Z0-9_.-]{3,255}/stream/[^/]+");

    private StreamArn() {}

    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    /** Refuses a text that can be no stream's ARN, which is another fault than that there is no such stream. */
    public static void require(String text, String member) {
        if (!isWellFormed(text)) {
            throw StreamErrors.malformedArn(member);
        }
    }
}
