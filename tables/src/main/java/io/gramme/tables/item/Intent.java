package io.gramme.tables.item;

import io.gramme.core.identity.Caller;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a request wants with the items that it reads.
 *
 * @param attributes the names of the top-level attributes that the request names; asked for only where access is
 *     restricted
 * @param terms what else it asks; asked for only there, too
 */
public record Intent(Caller caller, Action action, Supplier<Set<String>> attributes, Supplier<Terms> terms) {

    /** The intent of a request that names the attributes of these parts, as far as it has them. */
    @SafeVarargs
    public static Intent of(Caller caller, Action action, Optional<? extends Collection<String>>... parts) {
        return new Intent(
                caller,
                action,
                () -> {
                    var names = new LinkedHashSet<String>();
                    for (Optional<? extends Collection<String>> part : parts) {
                        part.ifPresent(names::addAll);
                    }
                    return names;
                },
                () -> Terms.NONE);
    }

    /** The same of a request that asks this besides its items. */
    public Intent under(Supplier<Terms> others) {
        return new Intent(caller, action, attributes, others);
    }

    /** The same for reads that were allowed together before: they are not judged again one by one. */
    Intent allowed() {
        return new Intent(Caller.SERVER, action, attributes, terms);
    }
}
