package io.gramme.security.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The hashes that hold the lines of an audit log together: each line ends with the SHA-256 of the hash of the line before
 * it, a line feed, and its own text up to there. Who changes, removes or moves a line would have to make all hashes
 * behind it anew, and the last of them is known elsewhere.
 */
final class AuditChain {
    /** What the first line of the first file follows. */
    static final String BEGINNING = "0".repeat(64);

    private static final String MEMBER = ",\"chain\":\"";
    private static final String END = "\"}";
    private static final int HASH_DIGITS = 64;

    private AuditChain() {}

    /** A line of a log, taken apart. */
    record Link(String text, String hash) {}

    /**
     * The line of an event, without a line feed.
     *
     * @param previous the hash of the line before it
     * @param object a JSON object in ASCII
     */
    static Link link(String previous, String object) {
        String text = object.substring(0, object.length() - 1);
        String hash = hash(previous, text);
        return new Link(text + MEMBER + hash + END, hash);
    }

    /** The line as it says of itself; empty if it has not the form of one. */
    static Optional<Link> parse(String line) {
        int member = line.length() - HASH_DIGITS - MEMBER.length() - END.length();
        if (member < 1 || !line.startsWith(MEMBER, member) || !line.endsWith(END) || !line.startsWith("{")) {
            return Optional.empty();
        }
        int begin = member + MEMBER.length();
        return Optional.of(new Link(line.substring(0, member), line.substring(begin, begin + HASH_DIGITS)));
    }

    /** Whether the line follows the one with this hash. */
    static boolean follows(Link line, String previous) {
        return hash(previous, line.text()).equals(line.hash());
    }

    private static String hash(String previous, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(previous.getBytes(US_ASCII));
            digest.update((byte) '\n');
            return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
