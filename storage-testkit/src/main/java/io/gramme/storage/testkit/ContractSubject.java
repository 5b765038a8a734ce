package io.gramme.storage.testkit;

import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import java.util.Set;

/** The store under test in a chapter of the contract, and the tablespaces that the chapters may write. */
interface ContractSubject {
    TablespaceId ONE = new TablespaceId(1);
    TablespaceId TWO = new TablespaceId(2);
    Set<TablespaceId> TABLESPACES = Set.of(ONE, TWO);

    /** Kinds of rows: {@code "i..."} and {@code "j..."} in texts. */
    int I = 'i';

    int J = 'j';
    Set<Integer> KINDS = Set.of(0, I, J, 0xff);

    /** Opened empty before the test, and checked and closed after it. */
    RowStore store();

    /** What a value of five bytes takes of the budget of a page. */
    default int fiveBytes() {
        return 5;
    }

    /** Another empty store, for a test that closes or wraps it. */
    RowStore openAnother();
}
