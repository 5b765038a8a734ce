/** The primitives of keys: what each kind of key can do, on the cryptography of the JDK. */
@NullMarked
package io.gramme.kms.cipher;

import org.jspecify.annotations.NullMarked;
