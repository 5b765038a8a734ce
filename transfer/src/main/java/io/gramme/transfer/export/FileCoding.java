package io.gramme.transfer.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What the data files of a folder pass through on their way into the bucket and back, such as a cipher. Sizes and digests in
 * manifests are those of the stored bytes. For use by any thread; each stream is for one.
 */
public interface FileCoding {
    /** Data files are stored as they are. */
    FileCoding NONE = new FileCoding() {
        @Override
        public OutputStream encode(String name, OutputStream sink) {
            return sink;
        }

        @Override
        public InputStream decode(String name, InputStream stored) {
            return stored;
        }
    };

    /**
     * @param name of the file within its folder, which a copy of the folder keeps: {@code data/ID.json.gz}
     * @param sink to which closing the returned stream writes the end of the file
     */
    OutputStream encode(String name, OutputStream sink) throws IOException;

    /**
     * @param stored closed with the returned stream
     * @throws IOException here or from the stream, if the file is damaged, with the reason alone
     */
    InputStream decode(String name, InputStream stored) throws IOException;

    /** The name within its folder of a data file with this key. */
    static String nameOf(String key) {
        return key.substring(key.lastIndexOf("/data/") + 1);
    }
}
