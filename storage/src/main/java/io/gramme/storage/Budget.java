package io.gramme.storage;

/**
 * How much one page may hold. A page ends before it passes either bound, but holds one row at least.
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
