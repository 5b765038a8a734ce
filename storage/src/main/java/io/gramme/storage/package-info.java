@NullMarked
package io.gramme.storage;

import org.jspecify.annotations.NullMarked;
