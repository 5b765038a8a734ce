/** Encryption at rest: keys under keys, and the store that seals its rows with them. */
@NullMarked
package io.gramme.encryption;

import org.jspecify.annotations.NullMarked;
