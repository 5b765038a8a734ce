package io.gramme.differential.generate;

import java.util.List;

/** Writes the requests of one game, one after another. The same seed writes the same requests. */
public interface Author {
    /** A valid put, as far as the author knows, to begin with. */
    Move put(TableModel table);

    Move next(List<TableModel> tables);

    static Author ofItems(Luck luck) {
        return new ItemAuthor(luck);
    }

    static Author ofTransactions(Luck luck) {
        return new TransactionAuthor(luck);
    }
}
