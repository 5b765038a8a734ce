package io.gramme.tables.fault;

import io.gramme.core.item.Value;
import io.gramme.tables.table.AccountRegion;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A rule that makes chosen requests fail, for tests of clients.
 *
 * @param id unique in its account and region
 * @param owner the account and region whose requests it concerns
 */
public record FaultRule(String id, AccountRegion owner, Scope scope, FaultEffect effect, Frequency frequency) {

    /**
     * What a rule matches.
     *
     * @param operations empty for all
     * @param table its name; empty for all tables, and for operations that name none
     * @param index of the table; a write matches if it changes an entry of the index
     * @param partitionKey of the items or entries
     */
    public record Scope(
            Set<String> operations, Optional<String> table, Optional<String> index, Optional<Value> partitionKey) {
        public Scope {
            operations = Set.copyOf(operations);
        }

        boolean hasOperation(String operation) {
            return operations.isEmpty() || operations.contains(operation);
        }

        boolean hasTable(String name) {
            return table.isEmpty() || table.get().equals(name);
        }

        /** Whether it matches requests as wholes, without regard to the items that they touch. */
        boolean isOfWholeRequests() {
            return index.isEmpty() && partitionKey.isEmpty();
        }
    }

    /**
     * How often a rule has its effect on what it matches.
     *
     * @param skipFirst so many matches it leaves alone
     * @param times so many times it has its effect; empty for ever
     * @param probability of its effect on each of the other matches, more than 0 and at most 1
     * @param seed of the random numbers, so that a test can be repeated
     */
    public record Frequency(long skipFirst, OptionalLong times, double probability, long seed) {
        public static final Frequency ALWAYS = new Frequency(0, OptionalLong.empty(), 1, 0);

        public Frequency {
            if (!(probability > 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability=" + probability);
            }
        }
    }
}
