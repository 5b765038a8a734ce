/** The keys of tables: how tables get them, and what becomes of a table whose root key cannot be used. */
@NullMarked
package io.gramme.server.encryption;

import org.jspecify.annotations.NullMarked;
