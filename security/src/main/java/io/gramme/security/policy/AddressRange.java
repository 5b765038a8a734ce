package io.gramme.security.policy;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of IP addresses: those that begin with the same bits. An IPv6 address that stands for an IPv4 address is that.
 *
 * @param bits how many of the first bits have to be the same
 */
record AddressRange(InetAddress first, int bits) {
    private static final int MAX_LENGTH = 45;

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        if (slash >= 0 && (bits.isEmpty() || bits.length() > 3 || !isDigits(bits))) {
            return Optional.empty();
        }
        return address(slash < 0 ? text : text.substring(0, slash))
                .map(first -> new AddressRange(
                        first, slash < 0 ? first.getAddress().length * Byte.SIZE : Integer.parseInt(bits)))
                .filter(range -> range.bits <= range.first.getAddress().length * Byte.SIZE);
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Never asks a name server, nor an interface of this computer. */
    private static Optional<InetAddress> address(String text) {
        if (text.length() > MAX_LENGTH || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    boolean contains(String text) {
        return address(text).filter(this::contains).isPresent();
    }

    private boolean contains(InetAddress address) {
        byte[] expected = first.getAddress();
        byte[] bytes = address.getAddress();
        if (bytes.length != expected.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != expected[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((bytes[whole] ^ expected[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
    }
}
