/** What implementations of the storage contract are made of; its callers need none of it. */
@NullMarked
package io.gramme.storage.engine;

import org.jspecify.annotations.NullMarked;
