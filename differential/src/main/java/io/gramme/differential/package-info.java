/** The differential: sends the same random requests to Gramme and to a peer, and compares the answers. */
@NullMarked
package io.gramme.differential;

import org.jspecify.annotations.NullMarked;
