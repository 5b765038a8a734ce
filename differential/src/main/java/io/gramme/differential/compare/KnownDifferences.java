package io.gramme.differential.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The differences between Gramme and a peer that are explained: the peer is wrong, or another version of the service.
 * The head of {@code known.tsv}, the list for dynalite, defines the form of a row.
 */
public final class KnownDifferences {
    private static final String FILE = "/io/gramme/differential/known.tsv";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\*|\\{([a-z]+)}");

    private final List<Known> rows;

    private KnownDifferences(List<Known> rows) {
        this.rows = rows;
    }

    /** One row: the signatures that it explains, and the reason. */
    public static final class Known {
        private final int line;
        private final List<String> columns;
        private final Set<String> operations;
        private final Pattern outcomes;

        private Known(int line, List<String> columns) {
            this.line = line;
            this.columns = List.copyOf(columns);
            this.operations = Set.of(columns.getFirst().split("\\|", -1));
            this.outcomes = pattern(columns.get(1) + "\t" + columns.get(2));
        }

        public String reason() {
            return columns.getLast();
        }

        @Override
        public String toString() {
            return "line %d, %s: %s\n            Gramme  %s\n            Peer    %s"
                    .formatted(line, columns.getFirst(), reason(), columns.get(1), columns.get(2));
        }

        private boolean explains(Signature signature) {
            return (operations.contains("*") || operations.contains(signature.operation()))
                    && outcomes.matcher(signature.gramme() + "\t" + signature.peer())
                            .matches();
        }
    }

    /** No known differences: two forms of Gramme must answer equally. */
    public static KnownDifferences none() {
        return new KnownDifferences(List.of());
    }

    /** The known differences of dynalite. */
    public static KnownDifferences ofDynalite() {
        try (InputStream in = KnownDifferences.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("missing=" + FILE);
            }
            return parse(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("unreadable=" + FILE, e);
        }
    }

    public static KnownDifferences parse(String text) {
        var rows = new ArrayList<Known>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(row(i + 1, List.of(line.split("\t", -1))));
            }
        }
        return new KnownDifferences(rows);
    }

    private static Known row(int line, List<String> columns) {
        if (columns.size() != 4 || columns.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("Line " + line
                    + " has not the four columns: operations, Gramme's outcome, the peer's outcome, reason");
        }
        return new Known(line, columns);
    }

    /** Translates a pattern: {@code *} is any text, {@code {name}} any text that is equal at each occurrence. */
    private static Pattern pattern(String text) {
        var regex = new StringBuilder();
        var seen = new HashSet<String>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int from = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(text.substring(from, matcher.start())));
            String name = matcher.group(1);
            if (name == null) {
                regex.append("[^\t]*");
            } else {
                regex.append(seen.add(name) ? "(?<" + name + ">[^\t]*)" : "\\k<" + name + ">");
            }
            from = matcher.end();
        }
        return Pattern.compile(regex + Pattern.quote(text.substring(from)));
    }

    /** The first row that explains a difference. */
    public Optional<Known> explaining(Signature signature) {
        return rows.stream().filter(row -> row.explains(signature)).findFirst();
    }

    public List<Known> rows() {
        return List.copyOf(rows);
    }
}
