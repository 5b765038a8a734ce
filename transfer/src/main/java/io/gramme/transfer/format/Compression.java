package io.gramme.transfer.format;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** InputCompressionType: how an object is compressed, irrespective of its name. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 << 10;

    /** The content of an object. An empty object has an empty content. */
    InputStream content(ObjectInput object) throws IOException {
        if (object.available() == 0) {
            return object;
        }
        return switch (this) {
            case NONE -> object;
            case GZIP -> new GZIPInputStream(object, BUFFER);
            // Refuses windows of more than 128 MiB.
            case ZSTD -> new ZstdInputStreamNoFinalizer(object);
        };
    }
}
