package io.gramme.transfer.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A content of which a parser may read only so much for one record: what it holds is bounded by that. */
final class RecordBudget extends FilterInputStream {
    private long left;

    RecordBudget(InputStream content) {
        super(content);
        renew();
    }

    /** Begins the next record. */
    void renew() {
        left = ItemReader.MAX_RECORD;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        spend(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int read = super.read(target, from, length);
        spend(read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        spend(skipped);
        return skipped;
    }

    private void spend(long read) throws IOException {
        left -= Math.max(0, read);
        if (left < 0) {
            throw new IOException("a record has more than " + ItemReader.MAX_RECORD + " bytes");
        }
    }
}
