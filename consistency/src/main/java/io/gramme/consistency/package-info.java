/**
 * Whether what many clients saw at once can be explained by an order of their requests. Pure, and knows no database: a
 * history is lists of numbers that were read and appended to.
 */
@NullMarked
package io.gramme.consistency;

import org.jspecify.annotations.NullMarked;
