package io.gramme.consistency;

import java.util.List;
import java.util.Optional;

/**
 * The effect of a request on one item, or what the request read of it. An item is a list of elements, each appended by
 * a request of its own, so that a reader of an item learns which requests made it, and in what order.
 */
public sealed interface Action {

    String item();

    /** Appends an element that no other request uses. A refused request carries the element it would have appended. */
    record Append(String item, long element) implements Action {}

    /** Removes the item, which held {@code list}. It may come back with one more element than that, and only so. */
    record Remove(String item, List<Long> list) implements Action {
        public Remove {
            list = List.copyOf(list);
        }
    }

    /**
     * The item at the moment of the request: returned by it, or required by a condition that held. Empty: there was
     * none.
     */
    record Read(String item, Optional<List<Long>> list) implements Action {
        public Read {
            list = list.map(List::copyOf);
        }
    }

    /** The result of a read without any promise about its moment. */
    record Glimpse(String item, List<Long> list) implements Action {
        public Glimpse {
            list = List.copyOf(list);
        }
    }
}
