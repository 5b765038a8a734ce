@NullMarked
package io.gramme.server.operation;

import org.jspecify.annotations.NullMarked;
