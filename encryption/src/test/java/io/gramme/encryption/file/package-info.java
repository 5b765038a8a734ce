@NullMarked
package io.gramme.encryption.file;

import org.jspecify.annotations.NullMarked;
