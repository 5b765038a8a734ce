package io.gramme.storage.rocksdb;

import java.nio.file.Path;

/**
 * Where the write-ahead log stops being whole, and what lies behind that.
 *
 * @param at the byte of the file that is damaged
 * @param cut where the first record begins that is not whole
 * @param lastWhole the sequence number of the last change before it
 * @param lastKnown the sequence number of the last change that is known to have been written
 * @param bytes from the damaged byte to the end of the last file
 * @param records whole ones behind the damage, each of a group of commits
 */
record LogDamage(Path file, long at, long cut, String cause, long lastWhole, long lastKnown, long bytes, long records) {

    /** Of those that are lost; some of a record that cannot be read are not known, if nothing is known behind it. */
    long changes() {
        return Math.max(0, lastKnown - lastWhole);
    }

    String text() {
        return "file=" + file + " byte=" + at + " cause=\"" + cause + "\" bytesBehind=" + bytes + " recordsBehind="
                + records + " changesLost=" + (changes() == 0 ? "unknown" : changes());
    }
}
