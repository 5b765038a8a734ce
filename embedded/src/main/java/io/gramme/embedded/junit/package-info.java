/** A Gramme for the tests of a class, and its clients as parameters. */
@NullMarked
package io.gramme.embedded.junit;

import org.jspecify.annotations.NullMarked;
