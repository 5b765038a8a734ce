@NullMarked
package io.gramme.core.partiql;

import org.jspecify.annotations.NullMarked;
