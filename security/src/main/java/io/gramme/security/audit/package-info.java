/** The audit log: who asked for what, from where, and what became of it. */
@NullMarked
package io.gramme.security.audit;

import org.jspecify.annotations.NullMarked;
