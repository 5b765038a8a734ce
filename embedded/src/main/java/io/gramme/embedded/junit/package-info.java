/** A Gramme for the tests of a class, and its clients as parameters. */
@org.jspecify.annotations.NullMarked
package io.gramme.embedded.junit;
