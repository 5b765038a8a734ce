/**
 * Signature Version 4 of AWS, for those who sign requests and for those who verify them. It is a pure function of the
 * request, the secret and the time.
 *
 * <p>A signature covers bytes. So each text of a request is here as it is on the wire, one character for each byte (ISO
 * 8859-1); {@link io.gramme.core.signature.WireText} converts.
 */
@NullMarked
package io.gramme.core.signature;

import org.jspecify.annotations.NullMarked;
