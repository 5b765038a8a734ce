/** Keys, aliases and grants as rows of tablespace 0. */
@NullMarked
package io.gramme.kms.key;

import org.jspecify.annotations.NullMarked;
