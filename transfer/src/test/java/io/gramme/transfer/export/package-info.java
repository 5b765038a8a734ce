@NullMarked
package io.gramme.transfer.export;

import org.jspecify.annotations.NullMarked;
