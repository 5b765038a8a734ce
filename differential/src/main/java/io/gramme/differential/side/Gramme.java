package io.gramme.differential.side;

import io.gramme.differential.wire.Caller;
import io.gramme.differential.wire.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contestant that is Gramme in one of its forms. */
public final class Gramme implements Contestant {
    private final Form form;
    private final Installation installation;
    private int started;

    public Gramme(Form form, Installation installation) {
        this.form = form;
        this.installation = installation;
    }

    @Override
    public String name() {
        return form.name();
    }

    @Override
    public Traits traits() {
        return form.traits();
    }

    @Override
    public synchronized Side start() throws IOException, InterruptedException {
        started++;
        String label = form.name() + "-" + started;
        if (!form.isOverCassandra()) {
            return serve(label, "");
        }
        if (installation.cassandra().isPresent()) {
            return serve(label, installation.cassandra().get());
        }
        CassandraNodes nodes = CassandraNodes.start(installation);
        try {
            return new Above(nodes, serve(label, nodes.contactPoints()));
        } catch (IOException | InterruptedException e) {
            nodes.close();
            throw e;
        }
    }

    private Servers serve(String label, String contactPoints) throws IOException, InterruptedException {
        Path data = installation.output().resolve("data").resolve(label);
        Directories.delete(data);
        Files.createDirectories(data.toAbsolutePath().getParent());
        Map<String, String> places = Map.of(
                "{data}", data.toString(), "{points}", contactPoints, "{keyspace}", "differential_" + keyspace(label));
        var programs = new ArrayList<Program>();
        try {
            for (int number : form.servers().toList()) {
                programs.add(program(label + "-" + number, places));
            }
            return new Servers(form.shape(), programs);
        } catch (IOException | InterruptedException e) {
            programs.forEach(Program::close);
            throw e;
        }
    }

    /** A keyspace that no earlier run has used on a cluster that is still running. */
    private static String keyspace(String label) {
        return label.replace('-', '_') + "_" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    }

    private Program program(String label, Map<String, String> places) throws IOException, InterruptedException {
        int port = Program.freePort();
        var command = new ArrayList<String>();
        if (form.shape() == Form.Shape.EMBEDDED) {
            command.addAll(installation.embedded());
            command.add(String.valueOf(port));
        } else {
            command.addAll(installation.gramme());
            command.addAll(List.of("serve", "--port", String.valueOf(port)));
            command.addAll(form.options(places));
        }
        Path log = installation.output().resolve("logs").resolve(label + ".log");
        Files.deleteIfExists(log);
        return Program.start(command, Map.of(), port, log);
    }

    private record Servers(Form.Shape shape, List<Program> programs) implements Side {
        Servers {
            programs = List.copyOf(programs);
        }

        @Override
        public Link connect(String account) throws IOException {
            Caller caller = Caller.ofAccount(account);
            Link first = programs.getFirst().connect(caller);
            return shape == Form.Shape.TWO
                    ? new ByTurns(first, programs.getLast().connect(caller))
                    : first;
        }

        @Override
        public void interlude(long seed) throws IOException, InterruptedException {
            if (shape == Form.Shape.RESTARTED) {
                programs.getFirst().restart(seed % 2 == 0);
            }
        }

        @Override
        public void close() {
            programs.forEach(Program::close);
        }
    }

    private record Above(CassandraNodes nodes, Side servers) implements Side {
        @Override
        public Link connect(String account) throws IOException {
            return servers.connect(account);
        }

        @Override
        public void interlude(long seed) throws IOException, InterruptedException {
            servers.interlude(seed);
        }

        @Override
        public void close() throws IOException {
            servers.close();
            nodes.close();
        }
    }
}
