/** Several items read or written together: all or nothing, and once for each request token. */
@NullMarked
package io.gramme.tables.transaction;

import org.jspecify.annotations.NullMarked;
