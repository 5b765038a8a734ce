package io.gramme.server.table;

import java.util.OptionalLong;

/** The most that an on-demand table or index may consume in a second, where the client set a bound. */
public record OnDemandMaxima(OptionalLong readUnits, OptionalLong writeUnits) {
    public static final OnDemandMaxima NONE = new OnDemandMaxima(OptionalLong.empty(), OptionalLong.empty());

    public boolean isEmpty() {
        return readUnits.isEmpty() && writeUnits.isEmpty();
    }
}
