/** The differential test: the same random requests to Gramme and to a peer, and what differs in the answers. */
@NullMarked
package io.gramme.differential;

import org.jspecify.annotations.NullMarked;
