package io.gramme.tables.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The closed subscriptions of all accounts and regions, until they are forgotten. Only the catalog changes them. */
public final class ClosedSubscriptions {
    private final Catalog catalog;
    private final Map<Name, ClosedSubscription> subscriptions = new ConcurrentHashMap<>();

    private record Name(String tableId, String name, long since) {
        static Name of(ClosedSubscription past) {
            return new Name(
                    past.tableId(),
                    past.subscription().name(),
                    past.subscription().since());
        }
    }

    ClosedSubscriptions(Catalog catalog) {
        this.catalog = catalog;
        load();
    }

    /** Reloads them from the catalog: other servers may have changed them. */
    synchronized void load() {
        var stored = new HashMap<Name, ClosedSubscription>();
        catalog.closedSubscriptions().forEach(past -> stored.put(Name.of(past), past));
        subscriptions.keySet().retainAll(stored.keySet());
        subscriptions.putAll(stored);
    }

    public Collection<ClosedSubscription> all() {
        return List.copyOf(subscriptions.values());
    }

    /** The latest closed subscription of this name. */
    public Optional<ClosedSubscription> find(String tableId, String name) {
        return subscriptions.values().stream()
                .filter(past -> past.tableId().equals(tableId))
                .filter(past -> past.subscription().name().equals(name))
                .max(Comparator.comparingLong(past -> past.subscription().since()));
    }

    /** Stores a subscription that has just ended. Idempotent. */
    synchronized void add(ClosedSubscription past) {
        catalog.put(past);
        subscriptions.put(Name.of(past), past);
    }

    public synchronized void forget(ClosedSubscription past) {
        catalog.forget(past);
        subscriptions.remove(Name.of(past));
    }
}
