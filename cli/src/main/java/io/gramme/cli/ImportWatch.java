package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ExitCode;
import tools.jackson.core.JsonGenerator;

/** Runs an import on a thread of its own, shows its progress, and stops it at a signal. */
final class ImportWatch {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** How long what was read may take to be written after a signal; standard input may be silent for longer. */
    private static final Duration STOPPING = Duration.ofSeconds(3);

    private final List<ImportInput> inputs;
    private final ImportRun run;
    private final ImportTally tally;
    private final ProgressLine screen;
    private final long wholeBytes;
    private final long begun = System.nanoTime();

    /** Makes the lanes of an import, which report to a tally. */
    interface LaneFactory {
        PutLanes make(ImportTally tally);
    }

    private ImportWatch(List<ImportInput> inputs, ImportRun run, ImportTally tally, ProgressLine screen) {
        this.inputs = inputs;
        this.run = run;
        this.tally = tally;
        this.screen = screen;
        boolean known = inputs.stream().noneMatch(ImportWatch::isStandard);
        this.wholeBytes = known ? inputs.stream().mapToLong(ImportInput::bytes).sum() : 0;
    }

    /** @return the exit code */
    static int run(
            List<ImportInput> inputs,
            PutLanes.Position begin,
            LaneFactory lanes,
            ProgressLine screen,
            long mostErrors) {
        var tally = new ImportTally(mostErrors, screen);
        var run = new ImportRun(inputs, System.in, begin, lanes.make(tally), tally);
        return new ImportWatch(inputs, run, tally, screen).run();
    }

    private int run() {
        Thread reader = Thread.ofPlatform().daemon().name("gramme-import").start(run::run);
        boolean stopped;
        try (var stop = StopSignal.install()) {
            stopped = !awaitEnd(reader, stop);
        }
        return end(stopped);
    }

    /** @return whether the import ended by itself */
    private boolean awaitEnd(Thread reader, StopSignal stop) {
        try {
            while (!reader.join(INTERVAL)) {
                if (stop.isReceived()) {
                    run.stop();
                    var _ = reader.join(STOPPING);
                    return false;
                }
                screen.show(this::text, this::json);
            }
            // A signal also ends the program before this one in a pipe: its output may be cut.
            return !(stop.isReceived() && inputs.stream().anyMatch(ImportWatch::isStandard));
        } catch (InterruptedException _) {
            run.stop();
            return false;
        }
    }

    private static boolean isStandard(ImportInput input) {
        return input.name().equals(ImportInput.STANDARD);
    }

    private int end(boolean stopped) {
        PutLanes.Position resume = run.resume();
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        screen.say("Imported " + JobWatch.amount(tally.written(), run.bytes(), taken));
        if (tally.errors() > 0) {
            screen.say("gramme: " + count(tally.errors(), "record was not imported", "records were not imported"));
        }
        if (run.isComplete() && !stopped) {
            return tally.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
        String why = run.failure()
                .orElse(tally.hasTooManyErrors() ? "there are more errors than --max-errors allows" : "stopped");
        screen.say("gramme: " + why);
        String position = run.text(resume);
        screen.say(
                position.isEmpty()
                        ? "gramme: all records that were read are written"
                        : "gramme: not all is imported; to go on, repeat the command with --resume-from " + position);
        return ExitCode.SOFTWARE;
    }

    private static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    private String text() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        String errors = tally.errors() == 0 ? "" : "  " + count(tally.errors(), "error", "errors");
        return ProgressLine.bar(run.bytes(), wholeBytes)
                + String.format(
                        Locale.ROOT,
                        "%,d items  %s  %,.0f items/s%s  %s",
                        tally.written(),
                        SizeText.about((double) run.bytes()),
                        tally.written() / seconds,
                        errors,
                        run.text(run.resume()));
    }

    private String json() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            out.writeStartObject();
            out.writeNumberProperty("ImportedItems", tally.written());
            out.writeNumberProperty("ProcessedBytes", run.bytes());
            out.writeNumberProperty("Errors", tally.errors());
            if (wholeBytes > 0) {
                out.writeNumberProperty("ProgressPercent", ProgressLine.percent(run.bytes(), wholeBytes));
            }
            out.writeStringProperty("ResumeFrom", run.text(run.resume()));
            out.writeEndObject();
        }
        return bytes.toString(UTF_8);
    }
}
