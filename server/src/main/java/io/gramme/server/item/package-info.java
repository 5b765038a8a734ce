@NullMarked
package io.gramme.server.item;

import org.jspecify.annotations.NullMarked;
