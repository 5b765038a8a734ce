/** The service's API model and the generator that turns it into Java sources. */
@NullMarked
package io.gramme.api.model;

import org.jspecify.annotations.NullMarked;
