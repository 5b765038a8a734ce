/** Keys as rows, and the operations of KMS on them. */
@NullMarked
package io.gramme.kms;

import org.jspecify.annotations.NullMarked;
