package io.gramme.tables.check;

import io.gramme.tables.check.Finding.Severity;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Passes findings on. Of those of one subject that have one remedy only the first few are passed on, and how many more
 * there are: so a damage that concerns a million items needs little memory and few lines. For one thread.
 */
public final class Findings {
    private static final int FIRST = 5;

    private final Consumer<Finding> report;
    private final Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    private final Map<Kind, Long> found = new LinkedHashMap<>();

    private record Kind(Severity severity, String subject, String remedy) {}

    public Findings(Consumer<Finding> report) {
        this.report = report;
    }

    public void damage(String subject, String text, String remedy) {
        add(new Finding(Severity.DAMAGE, subject, text, remedy));
    }

    public void note(String subject, String text, String remedy) {
        add(new Finding(Severity.NOTE, subject, text, remedy));
    }

    private void add(Finding finding) {
        counts.merge(finding.severity(), 1L, Long::sum);
        long number = found.merge(new Kind(finding.severity(), finding.subject(), finding.remedy()), 1L, Long::sum);
        if (number <= FIRST) {
            report.accept(finding);
        }
    }

    /** Reports how many findings were not passed on since the last call. */
    public void summarize() {
        found.forEach((kind, count) -> {
            if (count > FIRST) {
                report.accept(new Finding(
                        kind.severity,
                        kind.subject,
                        String.format(Locale.ROOT, "and %,d more like these", count - FIRST),
                        kind.remedy));
            }
        });
        found.clear();
    }

    public long count(Severity severity) {
        return counts.getOrDefault(severity, 0L);
    }
}
