@NullMarked
package io.gramme.transfer.bucket;

import org.jspecify.annotations.NullMarked;
