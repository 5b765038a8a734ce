package io.gramme.storage.rocksdb;

import java.nio.file.Path;

/**
 * The first damage of a write-ahead log, and what lies after it.
 *
 * @param at the byte of the file that is damaged
 * @param cut where the first record begins that is not whole
 * @param lastWhole the sequence number of the last change before it
 * @param lastKnown the sequence number of the last change that is known to have been written
 * @param bytes from the damaged byte to the end of the last file
 * @param records whole ones after the damage, each of a group of commits
 */
record LogDamage(Path file, long at, long cut, String cause, long lastWhole, long lastKnown, long bytes, long records) {

    /** The number of lost changes; those of an unreadable record are not all known if nothing is known after it. */
    long changes() {
        return Math.max(0, lastKnown - lastWhole);
    }

    String text() {
        return "file=" + file + " byte=" + at + " cause=\"" + cause + "\" bytesBehind=" + bytes + " recordsBehind="
                + records + " changesLost=" + (changes() == 0 ? "unknown" : changes());
    }
}
