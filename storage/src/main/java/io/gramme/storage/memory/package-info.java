/** The engine that keeps rows on the heap: the model against which others are tested, and a server without a disk. */
@NullMarked
package io.gramme.storage.memory;

import org.jspecify.annotations.NullMarked;
