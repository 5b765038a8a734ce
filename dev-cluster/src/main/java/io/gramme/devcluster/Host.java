package io.gramme.devcluster;

import java.io.IOException;
import java.util.List;

/**
 * A host beside the nodes on the network of a cluster, for a server that is to be cut off. The machine reaches it by a
 * separate line, also while it is cut off.
 */
public final class Host {
    private final Network network;
    private final String name;
    private final int place;

    private Host(Network network, String name, int place) {
        this.network = network;
        this.name = name;
        this.place = place;
    }

    static Host create(Network network, String name, int place) throws IOException, InterruptedException {
        network.plug(name, place);
        network.connect(name, place);
        return new Host(network, name, place);
    }

    /** The address at which the machine reaches it. */
    public String address() {
        return network.lineAddress(place);
    }

    /** A command prefix that runs another command on the host; its process becomes that of the other. */
    public List<String> prefix() {
        return network.on(name);
    }

    /** Cuts the host off: from now on it reaches only the machine and the other hosts that are cut off. */
    public void cutOff() throws IOException, InterruptedException {
        network.cutOff(name);
    }

    public void rejoin() throws IOException, InterruptedException {
        network.rejoin(name);
    }
}
