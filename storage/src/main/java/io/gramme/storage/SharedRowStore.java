package io.gramme.storage;

/**
 * A row store that several servers have open at once. Any server can finish the work of another that has died; at least
 * one must call {@link #recover} every few seconds, and {@link #purge} now and then.
 */
public interface SharedRowStore extends RowStore {
    /**
     * Finishes the commits that servers left unfinished when they died, of any server. Until then readers of logs do
     * not get beyond them.
     *
     * @return how many there were
     */
    int recover();

    /**
     * Deletes some of the rows of tablespaces that were dropped.
     *
     * @return whether there may be more to delete
     */
    boolean purge();
}
