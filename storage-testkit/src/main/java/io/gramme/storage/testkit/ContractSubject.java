package io.gramme.storage.testkit;

import io.gramme.storage.RowStore;
import java.util.Set;

/** The store under test in a chapter of the contract, and the tablespaces that the chapters may write. */
interface ContractSubject {
    long ONE = 1;
    long TWO = 2;
    Set<Long> STORES = Set.of(ONE, TWO);

    /** Kinds of rows: {@code "i..."} and {@code "j..."} in texts. */
    int I = 'i';

    int J = 'j';
    Set<Integer> KINDS = Set.of(0, I, J, 0xff);

    /** Opened empty before the test, and checked and closed after it. */
    RowStore store();

    /** Another empty store, for a test that closes or wraps it. */
    RowStore openAnother();
}
