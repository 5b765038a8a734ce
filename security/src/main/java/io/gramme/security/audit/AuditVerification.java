package io.gramme.security.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The check of an audit log. It finds the first line that was changed, moved or inserted, or before which lines were
 * removed. That the last lines were removed it finds only by a hash that was kept elsewhere.
 */
public final class AuditVerification {
    private static final Pattern HEADER =
            Pattern.compile("\\{\"eventVersion\":\"[^\"]*\",\"eventTime\":\"[^\"]*\",\"eventSource\":\"gramme\","
                    + "\"eventName\":\"AuditFileBegan\",\"file\":(\\d{1,18}),\"previous\":\"([0-9a-f]{64})\"");

    /** Longer than any line of ours. */
    private static final int LONGEST_LINE = 1 << 20;

    private AuditVerification() {}

    /** What a check found. */
    public sealed interface Result {
        /**
         * @param lines that were checked
         * @param last the hash of the last one
         * @param isFromBeginning whether the first file given is the first of the log
         */
        record Whole(long lines, String last, boolean isFromBeginning) implements Result {}

        /** @param line of the file, from 1 */
        record Broken(Path file, long line, String reason) implements Result {}
    }

    private record Named(Path file, long number) {}

    /** @param files of one log, in any order */
    public static Result of(List<Path> files) throws IOException {
        var ordered = new ArrayList<Named>();
        for (Path file : files) {
            Optional<Long> number = number(file);
            if (number.isEmpty()) {
                return new Result.Broken(file, 1, "it does not begin as a file of an audit log");
            }
            ordered.add(new Named(file, number.get()));
        }
        ordered.sort(Comparator.comparingLong(Named::number));
        var check = new Check();
        for (Named one : ordered) {
            Optional<Result> broken = check.file(one);
            if (broken.isPresent()) {
                return broken.get();
            }
        }
        return new Result.Whole(check.lines, check.last, ordered.getFirst().number() == 1);
    }

    /** The number in the first line of a file; empty if it is not the first line of a file of a log. */
    static Optional<Long> number(Path file) throws IOException {
        try (BufferedReader in = reader(file)) {
            return header(nextLine(in)).map(found -> Long.parseLong(found.group(1)));
        }
    }

    private static Optional<Matcher> header(Optional<String> line) {
        return line.map(HEADER::matcher).filter(Matcher::lookingAt);
    }

    private static BufferedReader reader(Path file) throws IOException {
        // Bytes that are no text are no line of ours: they become characters that no hash is of.
        return new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }

    /** The next line up to its line feed, cut where it is longer than any of ours; empty at the end. */
    private static Optional<String> nextLine(BufferedReader in) throws IOException {
        var line = new StringBuilder(1_024);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return Optional.of(line.toString());
            }
            if (line.length() < LONGEST_LINE) {
                line.append((char) next);
            }
        }
        return line.isEmpty()
                ? Optional.empty()
                : Optional.of(line.append(" (cut)").toString());
    }

    private static final class Check {
        private String last = "";
        private long before = -1;
        private long lines;

        Optional<Result> file(Named one) throws IOException {
            if (before >= 0 && one.number != before + 1) {
                return broken(one, 1, "the file before it, number " + (one.number - 1) + ", is not given or missing");
            }
            try (BufferedReader in = reader(one.file)) {
                long at = 0;
                for (Optional<String> line = nextLine(in); line.isPresent(); line = nextLine(in)) {
                    at++;
                    Optional<Result> broken = line(one, at, line.get());
                    if (broken.isPresent()) {
                        return broken;
                    }
                }
            }
            before = one.number;
            return Optional.empty();
        }

        private Optional<Result> line(Named one, long at, String line) {
            Optional<AuditChain.Link> link = AuditChain.parse(line);
            if (link.isEmpty()) {
                return broken(one, at, "it is not a whole line of an audit log");
            }
            if (at == 1) {
                String previous = header(Optional.of(line)).orElseThrow().group(2);
                boolean isFirst = one.number == 1;
                if (isFirst ? !previous.equals(AuditChain.BEGINNING) : before >= 0 && !previous.equals(last)) {
                    return broken(one, at, "the file before it did not end so: lines were removed there, or added");
                }
                last = previous;
            }
            if (!AuditChain.follows(link.get(), last)) {
                return broken(one, at, "it was changed, or lines before it were changed, moved or removed");
            }
            last = link.get().hash();
            lines++;
            return Optional.empty();
        }

        private static Optional<Result> broken(Named one, long at, String reason) {
            return Optional.of(new Result.Broken(one.file, at, reason));
        }
    }
}
