package io.gramme.tables.item;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.item.Path;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Collection;

/** Rejects expression paths that lead inside a key attribute: key attributes are always scalars. */
public final class KeyPaths {
    private KeyPaths() {}

    public static void requireScalar(Table table, Collection<Path> paths) {
        for (Path path : paths) {
            if (!path.isTopLevel()) {
                requireNoKey(table, path.root());
            }
        }
    }

    private static void requireNoKey(Table table, String attribute) {
        if (table.key().attribute(attribute).isPresent()) {
            throw ExpressionErrors.pathInsideKey(attribute);
        }
        for (SecondaryIndex index : table.indexes()) {
            if (index.index().key().attribute(attribute).isPresent()) {
                throw ExpressionErrors.pathInsideIndexKey(attribute);
            }
        }
    }
}
