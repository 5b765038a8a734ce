package io.gramme.server.operation;

import io.gramme.api.Capacity;
import io.gramme.api.ConsumedCapacity;
import io.gramme.api.ReturnConsumedCapacity;
import io.gramme.server.capacity.Consumption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How consumed capacity is shown, as far as a request asked for it. */
final class Capacities {
    private Capacities() {}

    static Optional<ConsumedCapacity> of(Consumption consumption, Optional<ReturnConsumedCapacity> asked) {
        return switch (asked.orElse(ReturnConsumedCapacity.NONE)) {
            case NONE -> Optional.empty();
            case TOTAL -> Optional.of(total(consumption).build());
            case INDEXES -> Optional.of(byIndex(consumption));
        };
    }

    /** One entry for each table; absent unless asked for. */
    static Optional<List<ConsumedCapacity>> of(
            Collection<Consumption> consumptions, Optional<ReturnConsumedCapacity> asked) {
        if (asked.orElse(ReturnConsumedCapacity.NONE) == ReturnConsumedCapacity.NONE) {
            return Optional.empty();
        }
        return Optional.of(consumptions.stream()
                .map(consumption -> of(consumption, asked).orElseThrow())
                .toList());
    }

    private static ConsumedCapacity.Builder total(Consumption consumption) {
        return ConsumedCapacity.builder().tableName(consumption.table().name()).capacityUnits(consumption.total());
    }

    private static ConsumedCapacity byIndex(Consumption consumption) {
        return total(consumption)
                .table(capacity(consumption.tableUnits()))
                .localSecondaryIndexes(arms(consumption.local()))
                .globalSecondaryIndexes(arms(consumption.global()))
                .build();
    }

    private static Optional<Map<String, Capacity>> arms(Map<String, Double> units) {
        if (units.isEmpty()) {
            return Optional.empty();
        }
        var arms = new LinkedHashMap<String, Capacity>();
        units.forEach((index, used) -> arms.put(index, capacity(used)));
        return Optional.of(arms);
    }

    private static Capacity capacity(double units) {
        return Capacity.builder().capacityUnits(units).build();
    }
}
