/** Root keys at AWS KMS, or at what speaks its protocol. */
@NullMarked
package io.gramme.kms.aws;

import org.jspecify.annotations.NullMarked;
