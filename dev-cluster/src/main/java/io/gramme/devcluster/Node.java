package io.gramme.devcluster;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One node of a cluster: a process of its own, which tests may pause, kill and cut off. */
public final class Node {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration PATIENCE_OF_PROBE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_OF_STOP = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 20;

    private final Layout layout;
    private final int number;
    private final PidFile pid;

    Node(Layout layout, int number) {
        this.layout = layout;
        this.number = number;
        this.pid = new PidFile(layout.directory(number).resolve("pid"));
    }

    /** From 1. */
    public int number() {
        return number;
    }

    /** The address at which it answers CQL. */
    public InetSocketAddress endpoint() throws IOException {
        return layout.endpoint(number);
    }

    /** Its log file. */
    public Path log() {
        return layout.directory(number).resolve("log");
    }

    /** Whether its process exists, paused or not. */
    public boolean isAlive() throws IOException {
        return pid.process().isPresent();
    }

    /** Begins to start it; {@link #awaitServing} waits until it serves. */
    void launch(Installation installation) throws IOException, InterruptedException {
        layout.configure(number);
        Path home = layout.directory(number);
        List<String> command = new ArrayList<>();
        if (layout.network().isPresent()) {
            Network network = layout.network().get();
            network.plug(Layout.host(number), number);
            command.addAll(network.on(Layout.host(number)));
        }
        // Closing the terminal must not end the cluster.
        command.addAll(List.of("nohup", installation.java().resolve("bin/java").toString()));
        for (String file : List.of("cassandra-jvm17.options", "cassandra-system.options")) {
            CassandraLibraries.resource(file).lines().forEach(line -> command.addAll(List.of(line.split(" "))));
        }
        command.addAll(List.of(
                "-Xms" + layout.heapMegabytes() + "m",
                "-Xmx" + layout.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                // Starts in two thirds of the time; the speed that it then lacks, a small machine lacks anyway.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dcassandra.config=" + home.resolve("conf/cassandra.yaml").toUri(),
                "-Dcassandra.storagedir=" + home,
                "-Dlogback.configurationFile=" + home.resolve("conf/logback.xml"),
                "-cp",
                home.resolve("conf")
                        + File.pathSeparator
                        + installation.libraries().resolve("*"),
                "org.apache.cassandra.service.CassandraDaemon"));
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        pid.write(process.toHandle());
    }

    /** The Java and the jars that run a node. */
    record Installation(Path java, Path libraries) {}

    /** Starts it again, and waits until it answers. */
    public void start() throws IOException, InterruptedException {
        if (isAlive()) {
            throw new IllegalStateException("node " + number + " runs");
        }
        launch(DevCluster.installation());
        awaitServing(DevCluster.PATIENCE);
    }

    /** Waits until it answers CQL. */
    void awaitServing(Duration patience) throws IOException, InterruptedException {
        awaitAnswer("SELECT release_version FROM system.local", CqlProbe.Level.ONE, patience);
    }

    /** Waits until it answers a query at this consistency level. */
    void awaitAnswer(String cql, CqlProbe.Level level, Duration patience) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try (var probe = CqlProbe.connect(endpoint(), PATIENCE_OF_PROBE)) {
                probe.query(cql, level);
                return;
            } catch (IOException e) {
                if (!isAlive()) {
                    throw new IOException("node " + number + " ended while it was starting:\n" + tail(), e);
                }
                if (System.nanoTime() - begun > patience.toNanos()) {
                    throw new IOException(
                            "node " + number + " does not serve after " + patience.toSeconds() + " s: " + e.getMessage()
                                    + "\n" + tail(),
                            e);
                }
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /** Whether it answers CQL now. */
    public boolean isServing() {
        try (var probe = CqlProbe.connect(endpoint(), PATIENCE_OF_PROBE)) {
            probe.query("SELECT release_version FROM system.local", CqlProbe.Level.ONE);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private String tail() throws IOException {
        if (!Files.exists(log())) {
            return "(no log)";
        }
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** SIGTERM: it leaves its peers in order. If it does not end then it is killed. */
    public void stop() throws IOException, InterruptedException {
        askToEnd();
        Optional<ProcessHandle> process = pid.process();
        if (process.isPresent() && !ends(process.get())) {
            kill();
        }
        pid.delete();
    }

    void askToEnd() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = pid.process();
        if (process.isPresent()) {
            // A paused process would not receive it; one that has ended meanwhile need not.
            boolean _ = send("CONT", process.get());
            process.get().destroy();
        }
    }

    /** SIGKILL: it ends without a notice to its peers. */
    public void kill() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = pid.process();
        if (process.isPresent()) {
            process.get().destroyForcibly();
            if (!ends(process.get())) {
                throw new IOException("node " + number + " cannot be killed: pid "
                        + process.get().pid());
            }
        }
    }

    private static boolean ends(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(PATIENCE_OF_STOP.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGSTOP: it stops in the middle of its work, and keeps its connections. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it continues where it was paused. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Drops all traffic to and from the node, without a notice to any sender. */
    public void cutOff() throws IOException, InterruptedException {
        network().cutOff(Layout.host(number));
    }

    public void rejoin() throws IOException, InterruptedException {
        network().rejoin(Layout.host(number));
    }

    private Network network() {
        return layout.network().orElseThrow(() -> new IllegalStateException("the nodes have no private network"));
    }

    private void signal(String name) throws IOException, InterruptedException {
        ProcessHandle process = pid.process().orElseThrow(() -> new IOException("node " + number + " does not run"));
        if (!send(name, process)) {
            throw new IOException("kill -" + name + " failed for node " + number);
        }
    }

    private static boolean send(String signal, ProcessHandle process) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor()
                == 0;
    }
}
