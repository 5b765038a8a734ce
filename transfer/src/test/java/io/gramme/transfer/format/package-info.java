@NullMarked
package io.gramme.transfer.format;

import org.jspecify.annotations.NullMarked;
