package io.gramme.storage.rocksdb;

import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.StorageException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Explains why a database could not be opened, in a sentence with the file and the cause. */
final class OpenFailures {
    /** RocksDB names files by number or in full. */
    private static final Pattern FILE = Pattern.compile("(\\d{6,}\\.(?:sst|log)|MANIFEST-\\d+|CURRENT|OPTIONS-\\d+)");

    private OpenFailures() {}

    static StorageException of(Path database, RocksDBException failure) {
        String cause = String.valueOf(failure.getMessage());
        if (GroupCommitter.isOutOfSpace(failure)) {
            return new OutOfSpaceException(
                    "database cannot be opened, because the disk is full; free space and start again: directory="
                            + database + " cause=\"" + cause + "\"",
                    failure);
        }
        Matcher name = FILE.matcher(cause);
        Path file = name.find() ? database.resolve(name.group(1)) : database;
        if (isDamage(failure, cause)) {
            return Manifest.damaged(file, cause);
        }
        return new StorageException("database cannot be opened: file=" + file + " cause=\"" + cause + "\"", failure);
    }

    private static boolean isDamage(RocksDBException failure, String cause) {
        Status status = failure.getStatus();
        return (status != null && status.getCode() == Status.Code.Corruption)
                || cause.contains("No such file or directory");
    }
}
