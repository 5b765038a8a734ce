package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seals and opens single values, with the keys of a store. For use by any thread. */
final class Sealing {
    private final DataKeys keys;

    Sealing(DataKeys keys) {
        this.keys = keys;
    }

    /** Empty if the data key is not in memory. */
    Optional<Bytes> find(Bytes sealed, Place place) {
        return keys.findOpen(place.tablespace(), Envelope.dataKey(sealed, place))
                .map(key -> Envelope.open(key, sealed, place));
    }

    /** Which data key {@link #find} needs. */
    static KeyMissing.Name missing(Bytes sealed, Place place) {
        return new KeyMissing.Name(place.tablespace(), Envelope.dataKey(sealed, place), place);
    }

    /** Opens a value; reads the data key from the store if need be. Not within a transition. */
    Bytes open(Bytes sealed, Place place) {
        return Envelope.open(key(place, Envelope.dataKey(sealed, place)), sealed, place);
    }

    /** Opens values that were read together, most of which have one data key. For one thread, and a short time. */
    final class Opening {
        private @Nullable DataKey last;
        private @Nullable TablespaceId of;

        Bytes open(Bytes sealed, Place place) {
            int number = Envelope.dataKey(sealed, place);
            DataKey key = last;
            if (key == null || key.number() != number || !place.tablespace().equals(of)) {
                key = key(place, number);
                last = key;
                of = place.tablespace();
            }
            return Envelope.open(key, sealed, place);
        }
    }

    private DataKey key(Place place, int number) {
        while (true) {
            Optional<DataKey> key = keys.findOpen(place.tablespace(), number);
            if (key.isPresent()) {
                return key.get();
            }
            load(new KeyMissing.Name(place.tablespace(), number, place));
        }
    }

    private void load(KeyMissing.Name name) {
        if (!keys.open(name.tablespace(), name.number())) {
            throw new SealBrokenException(SealBrokenException.Fault.KEY_MISSING, name.place());
        }
    }

    /** Brings keys into memory. */
    void load(KeyMissing missing) {
        missing.opening().forEach(this::load);
        missing.sealing().forEach(keys::prepareSealing);
    }

    /** Empty if there is no data key in memory to seal with. */
    Optional<Bytes> seal(Bytes plain, Place place) {
        return keys.findSealing(place.tablespace()).map(key -> Envelope.seal(key, plain, place));
    }

    static boolean isSealed(RowKey key) {
        return !KeyRows.isClear(key);
    }

    void forget(TablespaceId tablespace) {
        keys.forget(tablespace);
    }
}
