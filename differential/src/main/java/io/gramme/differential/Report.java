package io.gramme.differential;

import io.gramme.differential.compare.Findings;
import io.gramme.differential.compare.Findings.Finding;
import io.gramme.differential.compare.Findings.Sample;
import io.gramme.differential.compare.KnownDifferences;
import io.gramme.differential.compare.KnownDifferences.Known;
import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a run found: unexplained differences, known ones, and known ones that were not met. */
public final class Report {
    private static final int LONGEST_SHOWN = 1500;

    private final String title;
    private final Findings findings;
    private final KnownDifferences known;
    private final List<Finding> unexplained = new ArrayList<>();
    private final Map<Known, Long> explained = new LinkedHashMap<>();

    Report(String title, Findings findings, KnownDifferences known) {
        this.title = title;
        this.findings = findings;
        this.known = known;
        for (Finding finding : findings.all()) {
            known.explaining(finding.signature())
                    .ifPresentOrElse(
                            row -> explained.merge(row, finding.count(), Long::sum), () -> unexplained.add(finding));
        }
    }

    public boolean isClean() {
        return unexplained.isEmpty();
    }

    public String summary() {
        long met = explained.values().stream().mapToLong(Long::longValue).sum();
        long open = unexplained.stream().mapToLong(Finding::count).sum();
        return "%,d requests; answered differently: %,d for a known reason (%d of %d rows), %,d for none (%d signatures)%n"
                .formatted(
                        findings.requests(), met, explained.size(), known.rows().size(), open, unexplained.size());
    }

    public String text() {
        var text = new StringBuilder("# ").append(title).append("\n\n").append(summary());
        text.append("\n## Unexplained\n\n");
        unexplained.forEach(finding -> text.append(row(finding)));
        text.append("\n## Explained\n\n");
        explained.entrySet().stream()
                .sorted(Map.Entry.<Known, Long>comparingByValue().reversed())
                .forEach(entry -> text.append("%,8d  %s%n".formatted(entry.getValue(), entry.getKey())));
        text.append("\n## Known, and not met\n\n");
        known.rows().stream()
                .filter(row -> !explained.containsKey(row))
                .forEach(row -> text.append("          %s%n".formatted(row)));
        return text.toString();
    }

    /** The unexplained differences for programs, with whole answers. */
    List<String> jsonLines() {
        return unexplained.stream().map(Report::json).toList();
    }

    private static String json(Finding finding) {
        Sample sample = finding.sample();
        ObjectNode json = Json.object("operation", finding.signature().operation())
                .put("gramme", finding.signature().gramme())
                .put("peer", finding.signature().peer())
                .put("count", finding.count())
                .put("seed", sample.seed());
        json.set("request", Json.read(sample.request().body()));
        json.set("grammeAnswer", sample.gramme().body());
        json.set("peerAnswer", sample.peer().body());
        return Json.write(json);
    }

    private static String row(Finding finding) {
        Sample sample = finding.sample();
        return """
                %,8d  %s
                    Gramme  %s
                    Peer    %s
                  e.g. seed %d
                    request %s
                    Gramme  %s
                    Peer    %s

                """.formatted(
                        finding.count(),
                        finding.signature().operation(),
                        finding.signature().gramme(),
                        finding.signature().peer(),
                        sample.seed(),
                        shown(sample.request().body()),
                        shown(sample.gramme()),
                        shown(sample.peer()));
    }

    private static String shown(Answer answer) {
        return answer.status() + " " + shown(Json.write(answer.body()));
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
