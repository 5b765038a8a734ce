package io.gramme.storage;

/**
 * The size limit of one page. A page ends before it exceeds either bound, but holds at least one row.
 *
 * @param rows at least 1
 * @param bytes of the values read, at least 1
 */
public record Budget(int rows, long bytes) {
    public Budget {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("rows=" + rows + " bytes=" + bytes);
        }
    }
}
