/** Backups of a whole server: the files of its store, and those beside them, in one directory with checksums. */
@NullMarked
package io.gramme.recovery.server;

import org.jspecify.annotations.NullMarked;
