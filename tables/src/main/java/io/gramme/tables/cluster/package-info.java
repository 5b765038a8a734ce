/** Several servers over one row store: membership, announcements of changes, and leases of background work. */
@NullMarked
package io.gramme.tables.cluster;

import org.jspecify.annotations.NullMarked;
