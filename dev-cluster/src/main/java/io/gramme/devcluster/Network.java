package io.gramme.devcluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A private network for one cluster. Each host on it is a network namespace with a cable to a switch, which is a
 * namespace as well, so that no firewall of the machine filters its traffic. The switch has two bridges: hosts are
 * plugged into {@code lan}, and so is the machine itself; those that are cut off are plugged into {@code island}
 * instead. Packets sent to them are then lost without a notice to the sender; among themselves they still reach each
 * other.
 *
 * <p>Needs Linux, the command {@code ip} of iproute2, and root privileges.
 *
 * @param number distinguishes it from other networks of this machine. It is in the names of the namespaces, and in the
 *     addresses, which are among those reserved for tests of networks (198.18.0.0/15)
 */
record Network(int number) {
    private static final int HIGHEST_NUMBER = 254;
    private static final int PATIENCE_SECONDS = 20;
    private static final String SWITCH = "switch";

    /** The host number of the machine itself. */
    private static final int MACHINE = 254;

    /**
     * The addresses of each direct line between the machine and a host: one for either end, and two that are unusable.
     */
    private static final int ADDRESSES_OF_LINE = 4;

    /** Why this machine cannot have such a network; empty if it can. */
    static Optional<String> missing() throws InterruptedException {
        try {
            Network trial = create();
            trial.build();
            trial.remove();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "private networks need Linux, iproute2 (Debian and Ubuntu: apt install iproute2) and root: "
                            + e.getMessage());
        }
    }

    /** A network with an unused number. */
    static Network create() throws IOException, InterruptedException {
        Network drawn;
        do {
            drawn = new Network(ThreadLocalRandom.current().nextInt(1, HIGHEST_NUMBER + 1));
        } while (drawn.has(SWITCH));
        return drawn;
    }

    /** Makes the switch and the machine's cable to it, unless they exist. */
    void build() throws IOException, InterruptedException {
        if (has(SWITCH)) {
            return;
        }
        ip("netns", "add", space(SWITCH));
        for (String bridge : List.of("lan", "island")) {
            within(SWITCH, "link", "add", bridge, "type", "bridge", "forward_delay", "0");
            within(SWITCH, "link", "set", bridge, "up");
        }
        ip("link", "add", name(), "type", "veth", "peer", "name", "machine", "netns", space(SWITCH));
        within(SWITCH, "link", "set", "machine", "master", "lan", "up");
        ip("addr", "add", address(MACHINE) + "/24", "dev", name());
        ip("link", "set", name(), "up");
    }

    /** Adds a host, unless it exists. */
    void plug(String host, int place) throws IOException, InterruptedException {
        if (has(host)) {
            return;
        }
        ip("netns", "add", space(host));
        within(host, "link", "set", "lo", "up");
        within(SWITCH, "link", "add", host, "type", "veth", "peer", "name", "eth0", "netns", space(host));
        within(SWITCH, "link", "set", host, "master", "lan", "up");
        within(host, "addr", "add", address(place) + "/24", "dev", "eth0");
        within(host, "link", "set", "eth0", "up");
    }

    /** Connects a host with the machine directly, by a line that is not cut off with it. */
    void connect(String host, int place) throws IOException, InterruptedException {
        String end = name() + "-" + place;
        ip("link", "add", end, "type", "veth", "peer", "name", "line", "netns", space(host));
        ip("addr", "add", lineAddress(place, 1) + "/30", "dev", end);
        ip("link", "set", end, "up");
        within(host, "addr", "add", lineAddress(place) + "/30", "dev", "line");
        within(host, "link", "set", "line", "up");
    }

    /** Blocks all traffic between the host and those that are not cut off. */
    void cutOff(String host) throws IOException, InterruptedException {
        within(SWITCH, "link", "set", host, "master", "island");
    }

    void rejoin(String host) throws IOException, InterruptedException {
        within(SWITCH, "link", "set", host, "master", "lan");
    }

    /** Removes the whole network; processes that run on its hosts must have ended before. */
    void remove() throws IOException, InterruptedException {
        for (String space : spaces()) {
            if (space.startsWith(name() + "-")) {
                ip("netns", "del", space);
            }
        }
    }

    String address(int place) {
        return "198.18." + number + "." + place;
    }

    /** The address at which the machine reaches a host over their direct line. */
    String lineAddress(int place) {
        return lineAddress(place, 2);
    }

    private String lineAddress(int place, int end) {
        return "198.19." + number + "." + (place * ADDRESSES_OF_LINE + end);
    }

    /** A command prefix that runs another command on a host; its process becomes that of the other. */
    List<String> on(String host) {
        return List.of("ip", "netns", "exec", space(host));
    }

    private String name() {
        return "gramme" + number;
    }

    private String space(String host) {
        return name() + "-" + host;
    }

    private boolean has(String host) throws IOException, InterruptedException {
        return spaces().contains(space(host));
    }

    /** The names of all namespaces of the machine. */
    private static List<String> spaces() throws IOException, InterruptedException {
        return ip("netns", "list").lines().map(line -> line.split(" ", 2)[0]).toList();
    }

    private void within(String host, String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("-n", space(host)));
        all.addAll(List.of(arguments));
        ip(all.toArray(String[]::new));
    }

    private static String ip(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = process.inputReader(UTF_8).readAllAsString().strip();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " does not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }
}
