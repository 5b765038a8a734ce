package io.gramme.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Request;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An optional file with every request of a run and both answers, to find the origin of a difference. */
public final class Trace implements AutoCloseable {
    private final Optional<Writer> out;

    private Trace(Optional<Writer> out) {
        this.out = out;
    }

    public static Trace none() {
        return new Trace(Optional.empty());
    }

    public static Trace to(Path file) throws IOException {
        return new Trace(Optional.of(Files.newBufferedWriter(file, UTF_8)));
    }

    void add(Request request, Duel.Round round) throws IOException {
        if (out.isPresent()) {
            write(out.get(), request, round);
        }
    }

    private synchronized void write(Writer writer, Request request, Duel.Round round) throws IOException {
        writer.write(request.operation() + " " + request.body() + "\n");
        writer.write("  Gramme " + shown(round.gramme()) + "\n");
        writer.write("  Peer   " + shown(round.peer()) + "\n");
    }

    private static String shown(Answer answer) {
        return answer.status() + " " + Json.write(answer.body());
    }

    @Override
    public void close() throws IOException {
        if (out.isPresent()) {
            out.get().close();
        }
    }
}
