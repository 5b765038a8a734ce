package io.gramme.cli;

import io.gramme.devcluster.ClusterOptions;
import io.gramme.devcluster.ClusterOptions.Wiring;
import io.gramme.devcluster.DevCluster;
import io.gramme.devcluster.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code gramme dev-cluster}: runs a Cassandra cluster on this machine, for development and trials of Gramme over it.
 */
@Command(
        name = "dev-cluster",
        mixinStandardHelpOptions = true,
        description = "Run a small Apache Cassandra cluster on this machine.",
        synopsisSubcommandLabel = "COMMAND")
final class DevClusterCommand implements Runnable {
    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw Gramme.noCommand(spec);
    }

    /** The directory of the cluster: the option that all subcommands share. */
    static final class Where {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                defaultValue = "gramme-dev-cluster",
                description = "Directory of the cluster's data and logs (default: ${DEFAULT-VALUE})")
        private Path directory = Path.of("gramme-dev-cluster");

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        private DevCluster find() throws IOException {
            return DevCluster.find(directory)
                    .orElseThrow(() -> new IOException(
                            "there is no cluster in " + directory + "; start one by 'gramme dev-cluster start'"));
        }

        /** Refuses options that differ from those the cluster was created with: a restart cannot change them. */
        private void requireSame(DevCluster cluster, int nodes, int port, int heapMegabytes) throws IOException {
            ClusterOptions made = cluster.options();
            require("--nodes", String.valueOf(nodes), String.valueOf(made.nodes()));
            if (port != 0) {
                require("--port", String.valueOf(port), String.valueOf(made.nativePort()));
            }
            require("--heap", heapMegabytes + "MB", made.heapMegabytes() + "MB");
        }

        private void require(String option, String given, String made) throws IOException {
            if (spec.commandLine().getParseResult().hasMatchedOption(option) && !given.equals(made)) {
                throw new IOException("the cluster in " + directory + " was made with " + option + " " + made + ", not "
                        + given + "; stop it and remove the directory, or name another one with --dir");
            }
        }

        /** The action of a subcommand. Its IOException has a message for the user: one line, or the lines of a log. */
        private interface Deed {
            int run(PrintWriter out) throws IOException, InterruptedException;
        }

        private int perform(Deed deed) throws InterruptedException {
            try {
                return deed.run(spec.commandLine().getOut());
            } catch (IOException e) {
                spec.commandLine().getErr().println("gramme: " + e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Start the cluster, and wait until it answers.")
    int start(
            @Mixin Where where,
            @Option(
                            names = "--nodes",
                            paramLabel = "N",
                            defaultValue = "3",
                            description =
                                    "Number of nodes, 1 to 9, on 127.0.0.1, 127.0.0.2, ... (default: ${DEFAULT-VALUE})")
                    int nodes,
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "9042",
                            description = "CQL port of each node; 0 takes any free port (default: ${DEFAULT-VALUE})")
                    int port,
            @Option(
                            names = "--heap",
                            paramLabel = "SIZE",
                            defaultValue = "1GB",
                            converter = HeapText.class,
                            description = "Heap of each node; a number alone is megabytes (default: ${DEFAULT-VALUE})")
                    int heapMegabytes)
            throws InterruptedException {
        if (nodes < 1 || nodes > ClusterOptions.MAX_NODES) {
            throw new ParameterException(
                    where.spec.commandLine(), "--nodes is 1 to " + ClusterOptions.MAX_NODES + ", not " + nodes);
        }
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(where.spec.commandLine(), "--port is 0 to " + MAX_PORT + ", not " + port);
        }
        return where.perform(out -> {
            if (Files.exists(where.directory) && !Files.isDirectory(where.directory)) {
                throw new IOException(where.directory + " is not a directory");
            }
            Optional<DevCluster> before = DevCluster.find(where.directory);
            if (before.isPresent() && before.get().isComplete()) {
                where.requireSame(before.get(), nodes, port, heapMegabytes);
            }
            if (before.isPresent() && before.get().isRunning()) {
                out.println("The cluster in " + where.directory + " is running already");
                describe(before.get(), out);
                return CommandLine.ExitCode.OK;
            }
            out.println("Starting Cassandra in " + where.directory
                    + ", which takes half a minute; the first start also downloads it");
            out.flush();
            describe(
                    DevCluster.start(
                            where.directory, new ClusterOptions(nodes, Wiring.LOOPBACK, port, 0, heapMegabytes, "")),
                    out);
            return CommandLine.ExitCode.OK;
        });
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Show which nodes of the cluster are running.")
    int status(@Mixin Where where) throws InterruptedException {
        return where.perform(out -> {
            DevCluster cluster = where.find();
            describe(cluster, out);
            return cluster.isRunning() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        });
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stop the cluster. Its data stays for the next start.")
    int stop(@Mixin Where where) throws InterruptedException {
        return where.perform(out -> {
            where.find().stop();
            out.println("Stopped. The data stays in " + where.directory);
            return CommandLine.ExitCode.OK;
        });
    }

    private static void describe(DevCluster cluster, PrintWriter out) throws IOException {
        for (Node node : cluster.nodes()) {
            String state = node.isServing() ? "running" : node.isAlive() ? "does not answer" : "stopped";
            out.println(
                    "  node " + node.number() + "  " + text(node.endpoint()) + "  " + state + ", log in " + node.log());
        }
        String points =
                cluster.contactPoints().stream().map(DevClusterCommand::text).collect(Collectors.joining(","));
        out.println("  to serve over it: gramme serve --storage cassandra --contact-points " + points);
        out.flush();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
