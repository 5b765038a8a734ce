/** Gramme as its users meet it: this module is made of tests, and of what only tests use. */
@NullMarked
package io.gramme.acceptance;

import org.jspecify.annotations.NullMarked;
