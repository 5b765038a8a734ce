package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registers that this server knows to have reached a quorum: it wrote them, or has read them serially. A quorum read
 * that shows such a register is as good as a serial one, and costs a quarter: a reader that has seen a later commit has
 * made it reach a quorum first, and then this read would have seen it too.
 */
final class QuorumKnownRegisters {
    private static final int MOST = 100_000;
    private static final int LONGEST_KEY = 256;

    private final Map<PlacedKey, Bytes> registers = new ConcurrentHashMap<>();

    boolean knows(PlacedKey place) {
        return registers.containsKey(place);
    }

    boolean is(PartitionView view) {
        Bytes known = registers.get(view.place());
        return known != null && known.equals(view.register().commits());
    }

    /** The commits of the known register, if there is one. */
    Optional<Bytes> commits(PlacedKey place) {
        return Optional.ofNullable(registers.get(place));
    }

    void note(PlacedKey place, Register register) {
        note(place, register.commits());
    }

    void note(PlacedKey place, Bytes commits) {
        if (commits.isEmpty() || place.bytes().length() > LONGEST_KEY) {
            return;
        }
        if (registers.size() >= MOST) {
            // All at once: registers in use come back with their next read.
            registers.clear();
        }
        registers.put(place, commits);
    }
}
