package io.gramme.tables.capacity;

import java.util.Optional;

/**
 * What a table or a global index may consume; both are empty where nothing is limited.
 *
 * @param rate units a second
 * @param left units that can be consumed at once; negative while requests are refused because earlier ones took more
 */
public record Allowance(Optional<Double> rate, Optional<Double> left) {
    static final Allowance UNLIMITED = new Allowance(Optional.empty(), Optional.empty());
}
