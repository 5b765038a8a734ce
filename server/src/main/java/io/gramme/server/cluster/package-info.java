/** Several servers over one row store: who they are, what they tell each other, and who does what only one may do. */
@NullMarked
package io.gramme.server.cluster;

import org.jspecify.annotations.NullMarked;
