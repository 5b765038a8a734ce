@NullMarked
package io.gramme.server.capacity;

import org.jspecify.annotations.NullMarked;
