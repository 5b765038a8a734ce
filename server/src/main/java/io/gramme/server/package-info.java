/** The server: its parts and how they are put together. */
@NullMarked
package io.gramme.server;

import org.jspecify.annotations.NullMarked;
