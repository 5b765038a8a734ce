package io.gramme.server.operation;

import io.gramme.api.Capacity;
import io.gramme.api.ConsumedCapacity;
import io.gramme.api.ReturnConsumedCapacity;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.Change;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The consumed capacity in answers, as far as the request wants it. */
final class Capacities {
    private Capacities() {}

    static Optional<ConsumedCapacity> of(Consumption consumption, Optional<ReturnConsumedCapacity> asked) {
        return switch (asked.orElse(ReturnConsumedCapacity.NONE)) {
            case NONE -> Optional.empty();
            case TOTAL -> Optional.of(total(consumption).build());
            case INDEXES -> Optional.of(byIndex(consumption));
        };
    }

    /** The capacity of one write. */
    static Optional<ConsumedCapacity> of(Change change, Optional<ReturnConsumedCapacity> asked) {
        return of(new Consumption(change.table()).addWrite(change), asked);
    }

    /** One entry for each table; absent unless requested. */
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
        double units = consumption.total();
        return ConsumedCapacity.builder()
                .tableName(consumption.table().name())
                .capacityUnits(units)
                .readCapacityUnits(ifOf(Consumption.Kind.READ, consumption, units))
                .writeCapacityUnits(ifOf(Consumption.Kind.WRITE, consumption, units));
    }

    private static ConsumedCapacity byIndex(Consumption consumption) {
        return total(consumption)
                .table(capacity(consumption, consumption.tableUnits()))
                .localSecondaryIndexes(arms(consumption, consumption.local()))
                .globalSecondaryIndexes(arms(consumption, consumption.global()))
                .build();
    }

    private static Optional<Map<String, Capacity>> arms(Consumption consumption, Map<String, Double> units) {
        if (units.isEmpty()) {
            return Optional.empty();
        }
        var arms = new LinkedHashMap<String, Capacity>();
        units.forEach((index, used) -> arms.put(index, capacity(consumption, used)));
        return Optional.of(arms);
    }

    private static Capacity capacity(Consumption consumption, double units) {
        return Capacity.builder()
                .capacityUnits(units)
                .readCapacityUnits(ifOf(Consumption.Kind.READ, consumption, units))
                .writeCapacityUnits(ifOf(Consumption.Kind.WRITE, consumption, units))
                .build();
    }

    private static Optional<Double> ifOf(Consumption.Kind kind, Consumption consumption, double units) {
        return consumption.kind() == kind ? Optional.of(units) : Optional.empty();
    }
}
