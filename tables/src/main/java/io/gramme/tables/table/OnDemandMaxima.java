package io.gramme.tables.table;

import java.util.OptionalLong;

/** The maximum request units per second of an on-demand table or index, where the client set a bound. */
public record OnDemandMaxima(OptionalLong readUnits, OptionalLong writeUnits) {
    public static final OnDemandMaxima NONE = new OnDemandMaxima(OptionalLong.empty(), OptionalLong.empty());

    public boolean isEmpty() {
        return readUnits.isEmpty() && writeUnits.isEmpty();
    }
}
