package io.gramme.encryption;

import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import io.gramme.storage.Range;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Opens the images of rows. */
final class SealedHistory implements RowHistory {
    private final RowHistory history;
    private final Sealing sealing;

    SealedHistory(RowHistory history, Sealing sealing) {
        this.history = history;
        this.sealing = sealing;
    }

    @Override
    public Optional<PastRow> first(RowKey key, LogPosition at) {
        return history.first(key, at).map(this::opened);
    }

    @Override
    public PastPage scan(PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget) {
        return opened(history.scan(partition, range, direction, at, budget));
    }

    @Override
    public PastPage sweep(HashRange range, LogPosition at, Budget budget) {
        return opened(history.sweep(range, at, budget));
    }

    private PastPage opened(PastPage page) {
        return new PastPage(page.rows().stream().map(this::opened).toList(), page.exhausted());
    }

    private PastRow opened(PastRow image) {
        return Sealing.isSealed(image.key())
                ? new PastRow(
                        image.key(),
                        image.before().map(value -> sealing.open(value, Place.image(image.key(), image.changed()))),
                        image.changed())
                : image;
    }

    @Override
    public Comparator<PartitionKey> order() {
        return history.order();
    }

    @Override
    public OptionalLong bytes(List<TablespaceId> tablespaces) {
        return history.bytes(tablespaces);
    }

    @Override
    public void forget(TablespaceId tablespace, LogPosition until) {
        history.forget(tablespace, until);
    }
}
