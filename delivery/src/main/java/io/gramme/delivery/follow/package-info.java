/**
 * Consumers of table logs, with stored progress: each change is delivered once, and again only after a crash or a
 * failure.
 */
@NullMarked
package io.gramme.delivery.follow;

import org.jspecify.annotations.NullMarked;
