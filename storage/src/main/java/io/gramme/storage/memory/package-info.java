/**
 * The engine that keeps rows on the heap: the model against which other engines are tested, and the engine of a server
 * without a disk.
 */
@NullMarked
package io.gramme.storage.memory;

import org.jspecify.annotations.NullMarked;
