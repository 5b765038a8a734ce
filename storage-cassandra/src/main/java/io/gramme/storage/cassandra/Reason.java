package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.regex.Pattern;

/** The cause of a failure of a node or of the whole cluster, as one line of context after a message. */
final class Reason {
    /** The prefix of the driver's messages: its session, its connection and both ends of it. */
    private static final Pattern DRIVER_PREFIX = Pattern.compile("^\\[s\\d+[^]]*] ");

    /** No cause chain worth following is longer. */
    private static final int DEEPEST = 20;

    private Reason() {}

    /** {@code " reason=..."}: a refused connection, a certificate, a password. Of several nodes, that of the first. */
    static String of(Throwable failure) {
        Throwable first = failure;
        if (failure instanceof AllNodesFailedException all) {
            first = all.getAllErrors().values().stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .orElse(failure);
        }
        return " reason=" + text(first);
    }

    /** The message of the deepest cause that has one. */
    private static String text(Throwable failure) {
        String text = "";
        Throwable cause = failure;
        Throwable bottom = failure;
        for (int depth = 0; depth < DEEPEST && cause != null; depth++) {
            String message = firstLine(cause);
            if (!message.isEmpty()) {
                text = message;
            }
            bottom = cause;
            cause = cause.getCause();
        }
        return switch (bottom) {
            case UnknownHostException _ -> "no such host: " + text;
            case UnresolvedAddressException _ -> "no such host";
            case ClosedChannelException _ ->
                "the node closed the connection" + (text.isEmpty() ? "" : " (" + text + ")");
            default -> text.isEmpty() ? bottom.getClass().getSimpleName() : text;
        };
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        // An exception made from another without a message of its own has that one's class name and message.
        if (message == null || message.equals(String.valueOf(failure.getCause()))) {
            return "";
        }
        String line = message.lines().findFirst().orElse("").strip();
        return DRIVER_PREFIX.matcher(line).replaceFirst("");
    }
}
