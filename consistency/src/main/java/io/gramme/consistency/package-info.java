/**
 * Checks whether the reads of many concurrent clients can be explained by an order of their requests. Pure, and
 * independent of any database: a history is lists of numbers that were read and appended to.
 */
@NullMarked
package io.gramme.consistency;

import org.jspecify.annotations.NullMarked;
