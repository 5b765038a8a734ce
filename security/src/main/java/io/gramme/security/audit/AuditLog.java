package io.gramme.security.audit;

import java.util.Optional;

/**
 * Where the server says what it was asked for. Safe for use by many threads.
 *
 * <p>A change of the control plane is asked about before it is made, and recorded before it is answered: {@link
 * #impairment} says whether a record would find room, and one that was told so does find it.
 */
public interface AuditLog extends AutoCloseable {
    /** Records nothing. */
    AuditLog NONE = new AuditLog() {
        @Override
        public void record(AuditEvent event) {}

        @Override
        public Optional<String> impairment() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    };

    /** Records an event. It never fails: what finds no room is counted, and the next event that finds some says so. */
    void record(AuditEvent event);

    /** Why changes of the control plane cannot be recorded at present, as a sentence for a client; empty if they can. */
    Optional<String> impairment();

    @Override
    void close();
}
