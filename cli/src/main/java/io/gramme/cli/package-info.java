/** The gramme command. */
@NullMarked
package io.gramme.cli;

import org.jspecify.annotations.NullMarked;
