package io.gramme.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether a server may listen on an address with the authentication that it has. */
public final class Exposure {
    private Exposure() {}

    /**
     * Why a server must not start, as a sentence for its operator; empty if it may.
     *
     * @param host to listen on; one that cannot be found is refused where the server listens
     * @param insecure whether the operator says that every client may do everything
     */
    public static Optional<String> refusal(String host, Authentication.Mode authentication, boolean insecure) {
        if (insecure || authentication == Authentication.Mode.ENFORCE || isOfThisMachineAlone(host)) {
            return Optional.empty();
        }
        return Optional.of(
                "--host " + host + " is open to the network, and signatures are not enforced: add --auth enforce,"
                        + " or --insecure to let every client that reaches this address read and write every table");
    }

    private static boolean isOfThisMachineAlone(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return true;
        }
    }
}
