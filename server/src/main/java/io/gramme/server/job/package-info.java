/** Background work: one bounded pass at a time, resumable after a crash. */
@NullMarked
package io.gramme.server.job;

import org.jspecify.annotations.NullMarked;
