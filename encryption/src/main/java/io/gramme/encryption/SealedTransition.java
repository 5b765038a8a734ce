package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.Outcome;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens the rows that a transition reads, and seals what it writes. Throws {@link KeyMissing} for keys that are not in memory. */
final class SealedTransition<R> implements Transition.Versioned<R> {
    private final Transition<R> transition;
    private final Sealing sealing;

    SealedTransition(Transition<R> transition, Sealing sealing) {
        this.transition = transition;
        this.sealing = sealing;
    }

    @Override
    public Outcome<R> apply(Map<RowKey, Optional<Row>> current, long version) {
        Outcome<R> outcome = transition.apply(opened(current), version);
        return outcome.isUnchanged() ? outcome : new Sealed(version).of(outcome);
    }

    private Map<RowKey, Optional<Row>> opened(Map<RowKey, Optional<Row>> current) {
        var missing = new HashSet<KeyMissing.Name>(0);
        if (current.size() == 1) {
            Map.Entry<RowKey, Optional<Row>> only =
                    current.entrySet().iterator().next();
            Map<RowKey, Optional<Row>> opened = Map.of(only.getKey(), opened(only.getValue(), missing));
            require(missing, Set.of());
            return opened;
        }
        Map<RowKey, Optional<Row>> opened = LinkedHashMap.newLinkedHashMap(current.size());
        current.forEach((key, row) -> opened.put(key, opened(row, missing)));
        require(missing, Set.of());
        return Collections.unmodifiableMap(opened);
    }

    private Optional<Row> opened(Optional<Row> row, Set<KeyMissing.Name> missing) {
        if (row.isEmpty() || !Sealing.isSealed(row.get().key())) {
            return row;
        }
        Row sealed = row.get();
        Place place = Place.row(sealed.key(), sealed.version());
        Optional<Bytes> value = sealing.find(sealed.value(), place);
        if (value.isEmpty()) {
            missing.add(Sealing.missing(sealed.value(), place));
        }
        return value.map(it -> new Row(sealed.key(), it, sealed.version()));
    }

    private static void require(Set<KeyMissing.Name> opening, Set<TablespaceId> forSealing) {
        if (!opening.isEmpty() || !forSealing.isEmpty()) {
            throw new KeyMissing(opening, forSealing);
        }
    }

    /** An outcome while it is sealed for its version. */
    private final class Sealed {
        private final long version;
        private final Set<TablespaceId> missing = new HashSet<>(0);

        Sealed(long version) {
            this.version = version;
        }

        <T> Outcome<T> of(Outcome<T> outcome) {
            List<Write> writes = new ArrayList<>(outcome.writes().size());
            outcome.writes().forEach(write -> writes.add(sealed(write)));
            List<Append> appends = new ArrayList<>(outcome.appends().size());
            outcome.appends()
                    .forEach(append -> appends.add(
                            new Append(append.log(), sealed(append.value(), Place.record(append.log(), version)))));
            List<Retained> retained = new ArrayList<>(outcome.retained().size());
            outcome.retained().forEach(image -> retained.add(sealed(image)));
            require(Set.of(), missing);
            return new Outcome<>(writes, appends, retained, outcome.answer());
        }

        private Write sealed(Write write) {
            return switch (write) {
                case Write.Put(var key, var value)
                when Sealing.isSealed(key) -> new Write.Put(key, sealed(value, Place.row(key, version)));
                case Write.Put clear -> clear;
                case Write.Delete delete -> delete;
            };
        }

        private Retained sealed(Retained image) {
            if (!Sealing.isSealed(image.key())) {
                return image;
            }
            Optional<Bytes> before = image.before().map(value -> sealed(value, Place.image(image.key(), version)));
            return new Retained(image.key(), before, image.keep());
        }

        private Bytes sealed(Bytes value, Place place) {
            Optional<Bytes> sealed = sealing.seal(value, place);
            if (sealed.isEmpty()) {
                missing.add(place.tablespace());
            }
            return sealed.orElse(Bytes.EMPTY);
        }
    }
}
