/**
 * Background work: passes that run forever, and jobs that end. Both proceed in bounded steps and resume after a
 * crash.
 */
@NullMarked
package io.gramme.tables.job;

import org.jspecify.annotations.NullMarked;
