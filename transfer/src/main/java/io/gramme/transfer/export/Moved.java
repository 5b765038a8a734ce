package io.gramme.transfer.export;

/**
 * Where the objects of an export are now: manifests have the keys of the time of writing, and a folder may have been
 * copied.
 *
 * @param before the folder in which the export was written
 * @param now the folder in which it is read
 */
record Moved(String before, String now) {

    /**
     * The key today.
     *
     * @param manifest that names the key
     * @throws DamagedExportException if the key is not in the export
     */
    String key(String key, String manifest) {
        if (key.startsWith(before + "/")) {
            return now + key.substring(before.length());
        }
        String root = parent(before) + "data/";
        if (key.startsWith(root)) {
            return parent(now) + "data/" + key.substring(root.length());
        }
        throw new DamagedExportException(manifest, "it names " + key + ", which is outside of the export");
    }

    /** With the slash at its end; empty at the root of the bucket. */
    private static String parent(String folder) {
        return folder.substring(0, folder.lastIndexOf('/') + 1);
    }
}
