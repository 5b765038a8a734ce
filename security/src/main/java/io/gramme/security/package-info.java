/** Who may do what: identities, their access keys, and the policies that decide. */
@NullMarked
package io.gramme.security;

import org.jspecify.annotations.NullMarked;
