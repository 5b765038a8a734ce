/** The service STS: temporary credentials. */
@NullMarked
package io.gramme.security.sts;

import org.jspecify.annotations.NullMarked;
