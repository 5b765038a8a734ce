/**
 * The test kit for engines: the contract that an engine must keep, faults to inject above it, and seeded histories that
 * compare it with another.
 */
@NullMarked
package io.gramme.storage.testkit;

import org.jspecify.annotations.NullMarked;
