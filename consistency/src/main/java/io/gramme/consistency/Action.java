package io.gramme.consistency;

import java.util.List;
import java.util.Optional;

/**
 * The effect of a request on one item, or what the request read of it. An item is a list of elements, each appended by
 * a request of its own, so that a reader of an item learns which requests made it, and in what order.
 */
public sealed interface Action {

    String item();

    /** Puts an element at the end that no other request uses. A refused request carries what it would have appended. */
    record Append(String item, long element) implements Action {}

    /** Takes away the item, which held {@code list}. It may come back with an element more than that, and only so. */
    record Remove(String item, List<Long> list) implements Action {
        public Remove {
            list = List.copyOf(list);
        }
    }

    /** The item at the moment of the request: shown by it, or required by a condition that held. Empty: there was none. */
    record Read(String item, Optional<List<Long>> list) implements Action {
        public Read {
            list = list.map(List::copyOf);
        }
    }

    /** What a read saw that promises nothing about when it was so. */
    record Glimpse(String item, List<Long> list) implements Action {
        public Glimpse {
            list = List.copyOf(list);
        }
    }
}
