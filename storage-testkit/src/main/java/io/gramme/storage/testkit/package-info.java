/**
 * What an engine is tested with: the contract it has to keep, faults to inject above it, and seeded histories that
 * compare it with another.
 */
@NullMarked
package io.gramme.storage.testkit;

import org.jspecify.annotations.NullMarked;
