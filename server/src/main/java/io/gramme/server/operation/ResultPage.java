package io.gramme.server.operation;

import io.gramme.api.Select;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Projection;
import io.gramme.core.identity.Caller;
import io.gramme.core.item.Item;
import io.gramme.storage.Consistency;
import io.gramme.tables.access.Action;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemReads;
import io.gramme.tables.item.PageReader;
import io.gramme.tables.item.ReadTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Assembles one page of a query or a scan: fetches the attributes that a local index lacks, filters, projects, counts.
 */
final class ResultPage implements Consumer<Item> {
    private final ReadTarget target;
    private final ReadParameters.Bound read;
    private final Consistency consistency;
    private final ItemReads items;
    private final Caller caller;
    private final Consumption consumption;
    private final boolean fetches;

    /**
     * A filter treats attributes that the index does not project as absent, even if they are fetched for the
     * projection.
     */
    private final boolean filtersEntries;

    private final List<Item> shown = new ArrayList<>();
    private int count;

    ResultPage(ReadTarget target, ReadParameters.Bound read, Consistency consistency, ItemReads items, Caller caller) {
        this.target = target;
        this.read = read;
        this.consistency = consistency;
        this.items = items;
        this.caller = caller;
        this.consumption = new Consumption(target.table());
        this.fetches = !target.carriesAll() && !target.isGlobal() && asksForMore();
        this.filtersEntries = read.filter().isPresent()
                && !read.filter().get().attributes().stream().allMatch(target::carries);
    }

    /**
     * What the page's request wants, with the attributes that it names.
     *
     * @param key the attributes of a key condition apart from the filter
     */
    Intent intent(Action action, Collection<String> key) {
        return Intent.of(
                caller,
                action,
                Optional.of(key),
                read.projection().map(Projection::attributes),
                read.filter().map(Condition::attributes));
    }

    private boolean asksForMore() {
        return read.select().filter(Select.ALL_ATTRIBUTES::equals).isPresent()
                || read.projection()
                        .filter(projection -> !projection.attributes().stream().allMatch(target::carries))
                        .isPresent();
    }

    @Override
    public void accept(Item entry) {
        Item item = fetches ? fetched(entry) : entry;
        if (read.filter().isPresent() && !read.filter().get().matches(filtersEntries ? entry : item)) {
            return;
        }
        count++;
        if (showsItems()) {
            shown.add(read.projection().map(projection -> projection.of(item)).orElse(item));
        }
    }

    /** The whole item of an entry, read and charged separately. If the item is gone meanwhile, the entry itself. */
    private Item fetched(Item entry) {
        // The request may read the index, attributes that it lacks included.
        Optional<Item> item = items.get(Intent.of(Caller.SERVER, Action.GET_ITEM), target.table(), entry, consistency);
        consumption.addRead(item, consistency);
        return item.orElse(entry);
    }

    private boolean showsItems() {
        return read.select().filter(Select.COUNT::equals).isEmpty();
    }

    /** The items to return; absent if only their number was requested. */
    Optional<List<Item>> items() {
        return showsItems() ? Optional.of(shown) : Optional.empty();
    }

    /** The number of items that passed the filter. */
    int count() {
        return count;
    }

    /** The capacity that the page consumed, given how its reading ended. */
    Consumption consumption(PageReader.End end) {
        return target.index()
                .map(index -> consumption.addPage(index, end.partitions(), consistency))
                .orElseGet(() -> consumption.addPage(end.partitions(), consistency));
    }

    /** The key to resume after, unless everything was read. */
    Optional<Item> lastKey(PageReader.End end) {
        return end.last().map(item -> item.only(target.positionNames()));
    }
}
