@NullMarked
package io.gramme.server.table;

import org.jspecify.annotations.NullMarked;
