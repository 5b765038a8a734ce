package io.gramme.differential.generate;

import java.util.List;

/** A generator of the requests of one game, one after another. The same seed gives the same requests. */
public interface Author {
    /** A put for the start of a game, valid as far as the author knows. */
    Move put(TableModel table);

    Move next(List<TableModel> tables);

    static Author ofItems(Luck luck) {
        return new ItemAuthor(luck);
    }

    static Author ofTransactions(Luck luck) {
        return new TransactionAuthor(luck);
    }
}
