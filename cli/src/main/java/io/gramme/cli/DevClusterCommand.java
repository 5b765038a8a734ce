package io.gramme.cli;

import io.gramme.devcluster.ClusterOptions;
import io.gramme.devcluster.ClusterOptions.Wiring;
import io.gramme.devcluster.DevCluster;
import io.gramme.devcluster.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
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

/** {@code gramme dev-cluster}: a Cassandra cluster on this machine, for those who try or develop Gramme over one. */
@Command(
        name = "dev-cluster",
        mixinStandardHelpOptions = true,
        versionProvider = Gramme.Version.class,
        description = "Runs a small Apache Cassandra cluster on this machine.",
        synopsisSubcommandLabel = "COMMAND")
final class DevClusterCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Start it, stop it, or its status?");
    }

    /** What every one of its commands is told. */
    static final class Where {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                defaultValue = "gramme-dev-cluster",
                description = "Where the cluster keeps its data and its logs.")
        private Path directory = Path.of("gramme-dev-cluster");

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        private DevCluster find() throws IOException {
            return DevCluster.find(directory).orElseThrow(() -> new IOException("there is no cluster in " + directory));
        }

        /** What is done with a cluster; what cannot be done is said in one line, or in those of a log. */
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

    @Command(name = "start", mixinStandardHelpOptions = true, description = "Starts it, and waits until it serves.")
    int start(
            @Mixin Where where,
            @Option(
                            names = "--nodes",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "How many nodes: 127.0.0.1, 127.0.0.2 ... (default: ${DEFAULT-VALUE})")
                    int nodes,
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "9042",
                            description = "Where each answers CQL; 0 takes a free one (default: ${DEFAULT-VALUE})")
                    int port,
            @Option(
                            names = "--heap",
                            paramLabel = "MB",
                            defaultValue = "1024",
                            description = "The heap of each node in megabytes (default: ${DEFAULT-VALUE})")
                    int heapMegabytes)
            throws InterruptedException {
        if (nodes < 1 || nodes > ClusterOptions.MAX_NODES) {
            throw new ParameterException(
                    where.spec.commandLine(), "--nodes is 1 to " + ClusterOptions.MAX_NODES + ", not " + nodes);
        }
        return where.perform(out -> {
            Optional<DevCluster> before = DevCluster.find(where.directory);
            if (before.isPresent() && before.get().isRunning()) {
                out.println("It runs already, in " + where.directory);
                describe(before.get(), out);
                return CommandLine.ExitCode.OK;
            }
            out.println("Starting Cassandra, which takes half a minute; the first time it is fetched, too");
            out.flush();
            describe(
                    DevCluster.start(
                            where.directory, new ClusterOptions(nodes, Wiring.LOOPBACK, port, 0, heapMegabytes, "")),
                    out);
            return CommandLine.ExitCode.OK;
        });
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "Says which of its nodes run.")
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
            description = "Ends it; its data stays for the next start.")
    int stop(@Mixin Where where) throws InterruptedException {
        return where.perform(out -> {
            where.find().stop();
            out.println("Stopped; its data is in " + where.directory);
            return CommandLine.ExitCode.OK;
        });
    }

    private static void describe(DevCluster cluster, PrintWriter out) throws IOException {
        for (Node node : cluster.nodes()) {
            String state = node.isServing() ? "serves" : node.isAlive() ? "does not answer" : "does not run";
            out.println(
                    "  node " + node.number() + "  " + text(node.endpoint()) + "  " + state + ", log in " + node.log());
        }
        out.println("  contact points "
                + cluster.contactPoints().stream().map(DevClusterCommand::text).collect(Collectors.joining(",")));
        out.flush();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
