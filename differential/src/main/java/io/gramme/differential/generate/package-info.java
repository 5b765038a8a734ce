/** The generator of random requests that use all parameters of DynamoDB, and of faults in them. */
@NullMarked
package io.gramme.differential.generate;

import org.jspecify.annotations.NullMarked;
