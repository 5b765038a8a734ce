package io.gramme.recovery;

import io.gramme.encryption.file.FileCipher;
import io.gramme.transfer.export.FileCoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The data files of a backup are sealed with its key, each by its name in the folder. */
record SealedFiles(FileCipher cipher) implements FileCoding {
    @Override
    public OutputStream encode(String name, OutputStream sink) throws IOException {
        return cipher.seal(name, sink);
    }

    @Override
    public InputStream decode(String name, InputStream stored) throws IOException {
        return cipher.open(name, stored);
    }
}
