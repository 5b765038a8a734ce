package io.gramme.transfer.bucket;

/** The common part of uploads: digests of what is written, and the order in which the verbs may be called. */
abstract class DigestedUpload implements Upload {
    protected final String key;
    private final ContentDigest digest = new ContentDigest();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        /** A verb is at work, or has failed. */
        BROKEN,
        COMPLETE,
        CLOSED
    }

    DigestedUpload(String key) {
        this.key = key;
    }

    @Override
    public final void write(byte[] content, int from, int length) {
        begin();
        digest.update(content, from, length);
        store(content, from, length);
        state = State.OPEN;
    }

    @Override
    public final StoredObject complete() {
        begin();
        StoredObject stored = finish(digest);
        state = State.COMPLETE;
        return stored;
    }

    private void begin() {
        if (state != State.OPEN) {
            throw new IllegalStateException("upload of " + key + " is " + state);
        }
        state = State.BROKEN;
    }

    @Override
    public final void close() {
        if (state == State.OPEN || state == State.BROKEN) {
            discard();
        }
        state = State.CLOSED;
    }

    abstract void store(byte[] content, int from, int length);

    /** Makes the object visible. */
    abstract StoredObject finish(ContentDigest content);

    /** Gives back what an upload without an end holds. Never throws. */
    abstract void discard();
}
