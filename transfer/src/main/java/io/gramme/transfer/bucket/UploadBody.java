package io.gramme.transfer.bucket;

import java.io.OutputStream;

/** An upload as a stream. */
final class UploadBody extends OutputStream {
    private final Upload upload;

    UploadBody(Upload upload) {
        this.upload = upload;
    }

    @Override
    public void write(int single) {
        upload.write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] content, int from, int length) {
        upload.write(content, from, length);
    }
}
