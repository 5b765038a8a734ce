package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which key seals the rows of each tablespace. Keys and assignments are rows of tablespace 0 that are not sealed; a
 * tablespace without an assignment is sealed under the key of the server.
 */
public interface TableKeys {
    /**
     * Makes a table key under a root key. Calls the key service and stores nothing.
     *
     * @throws KeyUnusableException if the root key cannot be used
     * @throws KeyServiceDownException if the key service does not answer
     */
    TableKey generate(String rootKey, Map<String, String> context);

    /**
     * The writes that let a new table key seal tablespaces that hold no rows yet. They belong into the transaction that makes the
     * table or the index.
     */
    List<Write> assign(TableKey key, Collection<TablespaceId> tablespaces);

    /** The table key to which a tablespace is assigned; empty if it is that of the server. */
    Optional<TableKey> of(TablespaceId tablespace);

    /**
     * Puts tablespaces under another table key: their data keys are wrapped anew, no row is rewritten, and from then on the old
     * table key and its root key are needed no more. A repetition after a crash completes it.
     *
     * @throws KeyUnusableException if the old or the new root key cannot be used
     * @throws KeyServiceDownException if a key service does not answer
     */
    void rewrap(Collection<TablespaceId> tablespaces, TableKey to);

    /**
     * Asks the key service whether a table key can be used now, past all caches, and forgets its keys if not. While a key cannot be
     * used, reads and writes of its tablespaces throw {@link KeyUnusableException}.
     *
     * @throws KeyUnusableException if not
     * @throws KeyServiceDownException if the key service does not answer; what is cached stays in use for the time of grace
     */
    void check(Bytes tableKey);

    /** The writes that destroy the keys of dropped tablespaces, and of their table key if no other tablespace has it. */
    List<Write> destroy(Collection<TablespaceId> tablespaces);
}
