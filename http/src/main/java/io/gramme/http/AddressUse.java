package io.gramme.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the clients of each address use: connections, and requests that are processed. An address is known as long as it
 * has connections, so that there are never more addresses than connections. An IPv6 client has 2^64 addresses: they
 * count as one. Safe for use by many threads.
 */
final class AddressUse {
    private static final int NETWORK_BYTES = 8;

    /** Of a client of this machine, whose use is not limited. */
    static final Share UNLIMITED = new Share("", Integer.MAX_VALUE);

    private final HttpOptions.PerClient bounds;
    private final ConcurrentHashMap<String, Share> shares = new ConcurrentHashMap<>();

    /** The use of one address. */
    static final class Share {
        private final String address;
        private final int bound;
        private final AtomicInteger requests = new AtomicInteger();

        /** Changed within the map's lock on this address. */
        private int connections;

        private Share(String address, int bound) {
            this.address = address;
            this.bound = bound;
        }

        /** Begins a request, which then has to end; or returns false because there are too many. */
        boolean begin() {
            if (requests.incrementAndGet() <= bound) {
                return true;
            }
            requests.decrementAndGet();
            return false;
        }

        void end() {
            requests.decrementAndGet();
        }
    }

    AddressUse(HttpOptions.PerClient bounds) {
        this.bounds = bounds;
    }

    /** Counts a connection, even if it is one too many; it has to be removed. */
    Share add(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return UNLIMITED;
        }
        return shares.compute(key(address), (text, present) -> {
            Share share = present == null ? new Share(text, bounds.requests()) : present;
            share.connections++;
            return share;
        });
    }

    /** Whether there are no more connections than there may be. */
    boolean fits(Share share) {
        return share == UNLIMITED || share.connections <= bounds.connections();
    }

    void remove(Share share) {
        if (share != UNLIMITED) {
            shares.computeIfPresent(share.address, (_, present) -> --present.connections == 0 ? null : present);
        }
    }

    /** The number of addresses with connections. */
    int addresses() {
        return shares.size();
    }

    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
