/** The JUnit extension: an embedded Gramme for the tests of a class, with its clients as parameters. */
@NullMarked
package io.gramme.embedded.junit;

import org.jspecify.annotations.NullMarked;
