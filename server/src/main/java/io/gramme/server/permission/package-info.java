/** What each operation needs to be allowed. */
@NullMarked
package io.gramme.server.permission;

import org.jspecify.annotations.NullMarked;
