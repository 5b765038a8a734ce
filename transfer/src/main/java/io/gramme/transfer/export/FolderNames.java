package io.gramme.transfer.export;

import java.util.Optional;

/** The names of the objects of an export. */
final class FolderNames {
    static final String ROOT = "AWSDynamoDB";
    static final String STARTED = "_started";
    static final String SUMMARY = "manifest-summary.json";
    static final String FILES = "manifest-files.json";

    private FolderNames() {}

    /** The service joins prefix and folder by one slash. */
    static String under(Optional<String> prefix, String name) {
        return prefix.filter(given -> !given.isEmpty())
                .map(given -> given.endsWith("/") ? given + name : given + "/" + name)
                .orElse(name);
    }

    /** The two names of the object that has the MD5 of a manifest: readers in the wild know one or the other. */
    static String[] sumsOf(String manifestKey) {
        String stem = manifestKey.substring(0, manifestKey.length() - ".json".length());
        return new String[] {stem + ".md5", stem + ".checksum"};
    }
}
